/** Folders and files of a reader, for tests: below mine/, since a reader's file finds its packages from there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { catalog, type Entry, sourceOf } from "../src/catalog.ts";
import { MINE } from "../src/files/mine.ts";

/** An empty folder, gone after the test. */
export function emptyFolder(): string {
  mkdirSync(MINE, { recursive: true });
  const folder = mkdtempSync(join(MINE, ".test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function entryOf(id: string): Entry {
  const entry = catalog.entries.find((one) => one.id === id);
  if (!entry) throw new Error(`there is no exercise ${id}`);
  return entry;
}

/** Writes a reader's file below `folder`; returns its path. */
export function put(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

export const twoSources = entryOf("select/two-sources");
export const SOLUTION = sourceOf(twoSources, "solution");
export const GIVEN = sourceOf(twoSources, "given");
