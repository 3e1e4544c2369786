/**
 * The folder that a database is kept in: `data`, which is PGlite's, and `pid`, which names the process that serves it. Two
 * processes that write one data folder destroy it, and PGlite does not watch for that.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ServeError } from "./errors.ts";

export interface DataFolder {
  readonly data: string;
  /** Lets other processes serve it. */
  release(): Promise<void>;
}

/** Makes the folder if need be, and locks it. Throws ServeError when another living process has it. */
export async function lockFolder(dir: string): Promise<DataFolder> {
  const pid = join(dir, "pid");
  try {
    await mkdir(dir, { recursive: true });
    // The second try is for a pid file that a killed process left behind.
    if (!(await writePid(pid)) && ((await isServed(pid)) || !(await writePid(pid)))) {
      throw new ServeError(
        `the folder ${dir} is served by another process. End that one, or take another --dir`,
      );
    }
  } catch (error) {
    if (error instanceof ServeError) throw error;
    throw new ServeError(`the folder ${dir} cannot be used: ${(error as Error).message}`, { cause: error });
  }
  return { data: join(dir, "data"), release: () => rm(pid, { force: true }) };
}

/** Writes down this process's id; false when there is another one already. */
async function writePid(pid: string): Promise<boolean> {
  try {
    await writeFile(pid, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** True when the process in the pid file lives. The pid file of a dead one is removed. */
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
    // It lives, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
