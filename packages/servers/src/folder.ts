// Folders for the servers' data, which are gone when the server or this process ends.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders = new Set<string>();

/** Makes a new folder for temporary data; `name` is part of its name. */
export function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `shirts-${name}-`));
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
