/** How a program of this repository is started as a process of its own. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const TSX = import.meta.resolve("tsx");
const PACKAGES = fileURLToPath(new URL("../../", import.meta.url));
/** Where the gate puts the programs that it has built; see tools/src/built/build-programs.ts. */
const BUILT = join(PACKAGES, "../.cache/programs");

const REGISTER = new URL("./own/register.ts", import.meta.url);

export interface HowToRun {
  /** A TypeScript file, its whole path, that takes the place of the program's `./worker.ts`. */
  readonly worker?: string | undefined;
  /** The program imports files of its reader, which need tsx: never what was built. */
  readonly fromSource?: boolean;
}

/**
 * Node's arguments that run `file`, a program in TypeScript below packages/. With BUILT_PROGRAMS in the environment, and where
 * the gate has built that program, they run what was built: it starts in a quarter of the time. The flags for Node that
 * NODE_FLAGS has come first.
 */
export function programArgs(file: string, { worker, fromSource }: HowToRun = {}): string[] {
  if (worker !== undefined) {
    const register = new URL(REGISTER);
    register.searchParams.set("worker", pathToFileURL(worker).href);
    return ["--import", TSX, "--import", register.href, file];
  }
  const built =
    !fromSource &&
    process.env.BUILT_PROGRAMS &&
    join(BUILT, relative(PACKAGES, file).replace(/\.ts$/, ".mjs"));
  const flags = (process.env.NODE_FLAGS ?? "").split(" ").filter((flag) => flag !== "");
  return [
    ...flags,
    ...(built && existsSync(built) ? ["--enable-source-maps", built] : ["--import", TSX, file]),
  ];
}
