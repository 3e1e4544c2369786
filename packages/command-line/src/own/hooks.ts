/**
 * How Node finds the modules of a file that was never in this repository: hooks for `module.register`, in the thread of hooks.
 *
 * 1. A file of one's own is an ES module, whatever package.json lies above it, and so is each TypeScript file that it imports by
 *    its path. tsx would take it for CommonJS where there is none, and load everything that it imports a second time.
 * 2. "@shirts/chan" is the one that the house itself uses, wherever the file lies: chan has one scheduler for a process.
 * 3. A file that is free may import what it likes; what is not installed where it lies is found as the house finds it.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What `register` hands over. All are URLs of files. */
export interface OwnModules {
  /** The file of one's own. */
  readonly own: string;
  /** A module of the house: "@shirts/…" is found as it finds it. */
  readonly house: string;
  /** A program whose "./worker.ts" the file takes the place of. */
  readonly main?: string | undefined;
  /** It is no worker: it may know every package, and has a clock. */
  readonly isFree?: boolean;
}

/** The packages of the house that a worker may know. */
const KNOWN: ReadonlySet<string> = new Set(["@shirts/chan", "@shirts/story"]);

const PATH = /^\.{0,2}\//;
const CLOCKS = /^(node:)?timers(\/promises)?$/;

interface Resolved {
  readonly url: string;
  readonly format?: string | null | undefined;
  readonly shortCircuit?: boolean;
}
interface Context {
  readonly parentURL?: string | undefined;
}

let it: OwnModules | undefined;
/** The file of one's own, and what it has imported by path. */
const owned = new Set<string>();

type Next = (specifier: string, context: Context) => Promise<Resolved>;

export function initialize(data: OwnModules): void {
  it = data;
  owned.add(data.own);
}

export async function resolve(specifier: string, context: Context, next: Next): Promise<Resolved> {
  if (!it) return next(specifier, context);
  const { parentURL } = context;
  if (specifier === it.own || (specifier === "./worker.ts" && bare(parentURL) === it.main))
    return { url: it.own, format: "module", shortCircuit: true };
  if (parentURL === undefined || !owned.has(parentURL)) return next(specifier, context);
  const inHouse: Context = { ...context, parentURL: it.house };
  if (specifier.startsWith("@shirts/")) return next(it.isFree ? specifier : known(specifier), inHouse);
  if (!it.isFree && CLOCKS.test(specifier))
    throw new Error(`a worker has no clock of its own, so no "${specifier}": it receives from pace()`);
  const url = typeScriptAt(specifier, parentURL);
  if (it.isFree && !PATH.test(specifier)) return orInHouse(specifier, context, inHouse, next);
  if (url === undefined) return next(specifier, context);
  owned.add(url);
  return { url, format: "module", shortCircuit: true };
}

/** As the file itself finds it, else as the house does. */
async function orInHouse(
  specifier: string,
  context: Context,
  inHouse: Context,
  next: Next,
): Promise<Resolved> {
  try {
    return await next(specifier, context);
  } catch (error) {
    // What exists nowhere is told of the place where the file lies.
    return next(specifier, inHouse).catch(() => {
      throw error;
    });
  }
}

function known(specifier: string): string {
  if (KNOWN.has(specifier)) return specifier;
  throw new Error(`a worker knows ${[...KNOWN].join(" and ")} only, not "${specifier}"`);
}

/** As TypeScript takes it: `./a.ts` itself, and `./a.js` or `./a` for it. */
function typeScriptAt(specifier: string, parent: string): string | undefined {
  if (!PATH.test(specifier)) return undefined;
  const tried = [specifier, specifier.replace(/\.js$/, ".ts"), `${specifier}.ts`];
  return tried
    .map((path) => new URL(path, parent).href)
    .find((url) => /\.m?ts$/.test(url) && existsSync(fileURLToPath(url)));
}

function bare(url: string | undefined): string | undefined {
  return url?.replace(/[?#].*$/, "");
}
