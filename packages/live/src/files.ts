/**
 * The page's static files, read once into memory. A request names one of them exactly, or it gets none: there is no path to
 * walk, so there is none to escape.
 */
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
}

/** By the path of the address: "/", "/assets/index-1a2b.js". */
export type Files = ReadonlyMap<string, StaticFile>;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/** Reads all files below `folder`; symbolic links are left out. Rejects when the folder cannot be read or has no index.html. */
export async function readFolder(folder: string): Promise<Files> {
  const files = new Map<string, StaticFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join("/")}`;
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    files.set(name, { type, body: await readFile(path) });
  }
  const index = files.get("/index.html");
  if (!index) throw new Error(`${folder} holds no index.html: the page is not built`);
  files.set("/", index);
  return files;
}
