/** Imports a file that was never in this repository. */
import { existsSync, statSync } from "node:fs";
import { register } from "node:module";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { errorLine } from "../error-line.ts";
import { UsageError } from "../usage-error.ts";
import type { OwnModules } from "./hooks.ts";

/** The whole path of a file that was named on a command line: from where the reader stands, not from where pnpm went. */
export function fromHere(file: string): string {
  return resolve(process.env.INIT_CWD ?? "", file);
}

/** As the reader would write it. */
export function shortly(file: string): string {
  const here = relative(process.env.INIT_CWD ?? "", file);
  return here.startsWith("..") || here === "" ? file : here;
}

/** Throws UsageError when `file`, named by `flag`, is no TypeScript file. */
export function checkOwn(flag: string, file: string): void {
  if (!existsSync(file)) throw new UsageError(`${flag}: there is no file ${shortly(file)}.`);
  if (!statSync(file).isFile()) throw new UsageError(`${flag}: ${shortly(file)} is no file.`);
  if (!/\.m?ts$/.test(file))
    throw new UsageError(`${flag} takes a TypeScript file (.ts), not ${shortly(file)}.`);
}

/**
 * The exports of `file`, which `flag` named. It finds "@shirts/…" as `house` does, a module's `import.meta.url`. From here on it
 * takes the place of the "./worker.ts" of `main`. Throws UsageError, one line: there is no such file, or it threw when it was
 * imported.
 */
export async function importOwn(
  flag: string,
  file: string,
  house: string,
  main?: string,
): Promise<Readonly<Record<string, unknown>>> {
  checkOwn(flag, file);
  return importWith(`${flag}: `, file, { house, main });
}

/**
 * The exports of `file`, TypeScript or JavaScript, which is no worker: it may import what it likes, as `house` finds it where it is
 * not installed beside the file. Throws UsageError, one line, when it cannot be imported.
 */
export function importFree(file: string, house: string): Promise<Readonly<Record<string, unknown>>> {
  return importWith("", file, { house, isFree: true });
}

async function importWith(
  before: string,
  file: string,
  how: Omit<OwnModules, "own">,
): Promise<Readonly<Record<string, unknown>>> {
  const own = pathToFileURL(file).href;
  register<OwnModules>("./hooks.ts", import.meta.url, { data: { own, ...how } });
  try {
    return await import(own);
  } catch (error) {
    throw new UsageError(
      `${before}${shortly(file)} cannot be imported: ${whereOf(error, file)}${errorLine(error)}`,
    );
  }
}

/** The line of the file that threw. */
function whereOf(error: unknown, file: string): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.indexOf(`${file}:`);
  const [, line] = at < 0 ? [] : (/^:(\d+)/.exec(stack.slice(at + file.length)) ?? []);
  return line === undefined ? "" : `line ${line}: `;
}
