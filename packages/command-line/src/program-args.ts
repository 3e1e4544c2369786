/** How a program of this repository is started as a process of its own. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const TSX = import.meta.resolve("tsx");
const PACKAGES = fileURLToPath(new URL("../../", import.meta.url));
/** Where the gate puts the programs that it has built; see tools/src/built/build-programs.ts. */
const BUILT = join(PACKAGES, "../.cache/programs");

/**
 * Node's arguments that run `file`, a program in TypeScript below packages/. With BUILT_PROGRAMS in the environment, and where
 * the gate has built that program, they run what was built: it starts in a quarter of the time.
 */
export function programArgs(file: string): string[] {
  const built = process.env.BUILT_PROGRAMS && join(BUILT, relative(PACKAGES, file).replace(/\.ts$/, ".mjs"));
  return built && existsSync(built) ? ["--enable-source-maps", built] : ["--import", TSX, file];
}
