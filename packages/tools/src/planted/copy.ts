/**
 * A copy of the tree in a temporary folder, to plant faults in: the reader's own tree is never touched. Sources are copied;
 * packages of others are links into the reader's node_modules, and the packages of this tree are links within the copy.
 */
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve, sep } from "node:path";

export interface Copy {
  /** Its top folder. */
  readonly root: string;
  /** Removes it. May be called twice. */
  remove(): void;
}

/** What no test needs. */
const LEFT_OUT = new Set(["node_modules", ".git", ".cache", ".world", "dist", "docs"]);

/** Copies the tree whose top folder is `root`. */
export function copyTree(root: string): Copy {
  const source = realpathSync(root);
  const target = mkdtempSync(join(realpathSync(tmpdir()), "shirts-planted-"));
  const remove = (): void => rmSync(target, { recursive: true, force: true });
  try {
    cpSync(source, target, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
    for (const folder of [
      ".",
      ...readdirSync(join(source, "packages")).map((name) => join("packages", name)),
    ])
      linkModules(source, target, join(folder, "node_modules"));
  } catch (error) {
    remove();
    throw error;
  }
  return { root: target, remove };
}

/** The folder again in the copy, with a link for each package in it. */
function linkModules(source: string, target: string, folder: string): void {
  if (!existsSync(join(source, folder))) return;
  mkdirSync(join(target, folder), { recursive: true });
  for (const name of readdirSync(join(source, folder))) {
    const path = join(folder, name);
    if (name.startsWith("@") && !lstatSync(join(source, path)).isSymbolicLink())
      linkModules(source, target, path);
    else symlinkSync(inCopy(source, target, realpathSync(join(source, path))), join(target, path));
  }
}

/** Where a link leads to in the copy: to the copy's package when it is one of this tree, else to where it leads here. */
function inCopy(source: string, target: string, path: string): string {
  const place = relative(join(source, "packages"), path);
  const isOurs = !place.startsWith("..") && !place.split(sep).includes("node_modules");
  return isOurs ? resolve(target, "packages", place) : path;
}
