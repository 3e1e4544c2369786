/**
 * The folder that a table is kept in: `data`, which is PGlite's, and `pid`, which says who serves it. Two processes that
 * write one data folder destroy it, and PGlite does not watch for that.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { WorldError } from "./errors.ts";

export interface Folder {
  readonly data: string;
  /** Lets others serve it. */
  leave(): Promise<void>;
}

/** Makes the folder if need be, and takes it. Throws WorldError when another living process has it. */
export async function takeFolder(dir: string): Promise<Folder> {
  const pid = join(dir, "pid");
  try {
    await mkdir(dir, { recursive: true });
    // The second try is for a note that a killed process left behind.
    if (!(await note(pid)) && ((await isServed(pid)) || !(await note(pid)))) {
      throw new WorldError(
        `the folder ${dir} is served by another process. End that one, or take another --dir`,
      );
    }
  } catch (error) {
    if (error instanceof WorldError) throw error;
    throw new WorldError(`the folder ${dir} cannot be used: ${(error as Error).message}`, { cause: error });
  }
  return { data: join(dir, "data"), leave: () => rm(pid, { force: true }) };
}

/** Writes down this process; false when a note is there already. */
async function note(pid: string): Promise<boolean> {
  try {
    await writeFile(pid, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** True when the note's process lives. The note of a dead one is removed. */
async function isServed(pid: string): Promise<boolean> {
  const other = Number(await readFile(pid, "utf8"));
  if (Number.isInteger(other) && other > 0 && isAlive(other)) return true;
  await rm(pid, { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
