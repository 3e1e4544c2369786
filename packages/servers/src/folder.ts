// Folders for the servers' data, which are gone when the server or this process ends.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Installation } from "./installation.ts";

const folders = new Set<string>();

/** Makes a new folder for temporary data of this installation's programs; `name` is part of its name. */
export function makeFolder(name: string, { root }: Installation): string {
  const parent = root === undefined ? tmpdir() : join(root, "tmp");
  const folder = mkdtempSync(join(parent, `shirts-${name}-`));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  // A server that has just been killed may still be making files in there.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  folders.delete(folder);
}

export function removeFolders(): void {
  for (const folder of folders) removeFolder(folder);
}
