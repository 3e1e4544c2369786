/**
 * The repository as these tools see it: text files under a root, packages under `packages/`.
 *
 * The root is a parameter everywhere, so that the tests can break a small tree of their own.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** This repository. */
export const repository: string = fileURLToPath(new URL("../../..", import.meta.url));

const skipped = new Set(["node_modules", "dist", "coverage"]);
/** What a reader of `npm run learn` has written there is nobody's business, and git ignores it. */
const mine = "packages/learn/mine";

/** Paths of all files under `folder`, from the root, sorted. Skips dot files and what is installed or built. */
export function filesUnder(root: string, folder = ""): string[] {
  const absolute = join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && !skipped.has(entry.name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return path === mine ? [] : filesUnder(root, path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

export function has(root: string, path: string): boolean {
  return existsSync(join(root, path));
}

export function read(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8").replaceAll("\r\n", "\n");
}

/** The lines of a text; a newline at the very end starts no further line. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** The Markdown that the tools keep true: at the root, under docs/, and beside the packages. */
export function documents(root: string): string[] {
  return filesUnder(root).filter(
    (path) => path.endsWith(".md") && (!path.includes("/") || /^docs\/|^packages\/[^/]+\/[^/]+$/.test(path)),
  );
}
