/** Builds the page into a folder of static files. */
import { cp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));

/** Where `pnpm theatre` keeps the page that it has built. */
export const DIST = join(ROOT, "dist");

/** Writes the page into `folder`; what was in it is gone. */
export async function buildPage(folder: string): Promise<void> {
  // Only for a build: to load Vite takes as long as all else together.
  const { build } = await import("vite");
  await build({
    root: ROOT,
    configFile: join(ROOT, "vite.config.ts"),
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true },
  });
}

/** Makes the page in `DIST` a fresh one. It is there as a whole or not at all: a play may copy it meanwhile. */
export async function keepPage(): Promise<void> {
  if (await isFresh(DIST)) return;
  const folder = join(ROOT, ".cache", `page-${process.pid}`);
  await buildPage(folder);
  if (!(await isFresh(DIST))) {
    await rm(DIST, { recursive: true, force: true });
    await rename(folder, DIST);
  }
  await rm(folder, { recursive: true, force: true });
}

/** Writes the page into `folder`: the one in `kept` as long as its sources are older, else a new one. */
export async function writePage(folder: string, kept: string = DIST): Promise<void> {
  if (await isFresh(kept)) await cp(kept, folder, { recursive: true });
  else await buildPage(folder);
}

/** False when there is no page in `folder`, or when a source of this repository is newer. */
export async function isFresh(folder: string): Promise<boolean> {
  const built = await timeOf(join(folder, "index.html"));
  const [own, ...theirs] = await Promise.all([
    newest(ROOT, false),
    ...(await readdir(PACKAGES)).map((name) => newest(join(PACKAGES, name, "src"), true)),
  ]);
  return built > Math.max(own, ...theirs);
}

/** When the newest file in the folder was written; 0 when there is none. */
async function newest(folder: string, recursive: boolean): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return Math.max(0, ...(await Promise.all(files.map((file) => timeOf(join(file.parentPath, file.name))))));
}

async function timeOf(file: string): Promise<number> {
  // A file that is not there is older than any other.
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}
