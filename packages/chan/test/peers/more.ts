/**
 * Libraries that are in no package.json, as they are large: the folder that MORE_PEERS names has them (.ci/run makes one). Where
 * it is not set their tests are skipped by name, and the README keeps what was recorded.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const folder = process.env.MORE_PEERS || undefined;

/** The versions that the README speaks of. They run on Node 20. */
export const VERSIONS = { effect: "4.1.0", "p-queue": "9.3.5" } as const;

export type More = keyof typeof VERSIONS;

/** What must be there: a word is a function, a record is an object that has its words. */
export interface Surface {
  readonly [name: string]: readonly string[];
}

export function installedVersion(name: More, from: string): string {
  const file = join(resolve(from), "node_modules", name, "package.json");
  if (!existsSync(file))
    throw new Error(`MORE_PEERS has no ${name}: npm install --prefix ${from} ${name}@${VERSIONS[name]}`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/**
 * Imports a library of that folder. Rejects when a function is missing that we call: a law would take the TypeError for the
 * library's answer, and say ✗.
 */
export async function importMore<T extends object>(name: More, surface: Surface, from: string): Promise<T> {
  const version = installedVersion(name, from);
  const file = createRequire(join(resolve(from), "package.json")).resolve(name);
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  for (const [part, words] of Object.entries(surface)) {
    const it = module[part] as Record<string, unknown> | undefined;
    for (const word of words)
      if (typeof it?.[word] !== "function") throw new Error(`${name} ${version} has no ${part}.${word}`);
  }
  return module as T;
}
