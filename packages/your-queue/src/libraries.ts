/**
 * The queue's library: the one of the folder that NEWEST_QUEUES names, if it is there, else the one that is installed here. Our
 * Node 20 cannot run the newest pg-boss and Graphile Worker, so they are in no package.json; the gate has them beside it.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "@shirts/command-line";

interface Facts {
  readonly version: string;
  readonly engines?: { readonly node?: string };
}

const here = createRequire(import.meta.url);

/** Looks for libraries first in the folder that NEWEST_QUEUES names. */
function requireOf(name: string): NodeJS.Require {
  const folder = process.env.NEWEST_QUEUES;
  const isThere = folder && existsSync(join(folder, "node_modules", name));
  return isThere ? createRequire(join(folder, "package.json")) : here;
}

/** Imports the library. Rejects when it is not there, or this Node cannot run it. */
export async function importLibrary<T>(name: string): Promise<T> {
  return import(pathToFileURL(requireOf(name).resolve(name)).href);
}

/** What its package.json says, which some packages do not export. */
function factsOf(name: string): Facts {
  const folders = requireOf(name).resolve.paths(name) ?? [];
  const file = folders.map((folder) => join(folder, name, "package.json")).find((path) => existsSync(path));
  if (file === undefined) throw new UsageError(`${name} is not installed: run pnpm install.`);
  return JSON.parse(readFileSync(file, "utf8")) as Facts;
}

/** Its version. Throws UsageError, in one line, when this Node is too old for it. */
export function versionOf(name: string): string {
  const { version, engines } = factsOf(name);
  const needed = /^>=\s*(\d+)\.?(\d*)/.exec(engines?.node ?? "");
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [, wantedMajor = "0", wantedMinor = "0"] = needed ?? [];
  if (major < Number(wantedMajor) || (major === Number(wantedMajor) && minor < Number(wantedMinor)))
    throw new UsageError(
      `${name} ${version} needs Node ${engines?.node}, and this is ${process.versions.node}.`,
    );
  return version;
}
