/** `--worker FILE`, `--base` and `--laws FILE`: code that was never in the house, and its stage. */
import { basename, dirname } from "node:path";
import { checkOwn, fromHere, importOwn, shortly, UsageError } from "@shirts/command-line";
import type { OwnLaws } from "../laws.ts";
import { baseOf, OwnCodeError, ownLaws, ownStage } from "../own-worker.ts";
import type { Stage } from "../stages.ts";

/** The flags about it. */
export interface OwnFlags {
  readonly worker?: string | undefined;
  readonly base?: string | undefined;
  readonly laws?: string | undefined;
}

export interface Own {
  /** Undefined: the stages are the house's. */
  readonly stage: Stage | undefined;
  readonly laws: OwnLaws | undefined;
}

/** Some of the code that will run is not ours. */
export function isOwn({ worker, base, laws }: OwnFlags): boolean {
  return worker !== undefined || base !== undefined || laws !== undefined;
}

/** How a file is imported: its exports. */
export type Import = (flag: string, file: string) => Promise<Readonly<Record<string, unknown>>>;

const importHere: Import = (flag, file) => importOwn(flag, file, import.meta.url);

/** Imports what the flags name. Throws UsageError: one line for each thing that can be wrong with it. */
export async function loadOwn(
  { worker, base, laws: lawsFile }: OwnFlags,
  load: Import = importHere,
): Promise<Own> {
  if (base !== undefined && worker === undefined) throw new UsageError("--base belongs to --worker.");
  const topology = said("--base", () => baseOf(base ?? "v4"));
  // Before anything is imported, since an import may take its time.
  for (const [flag, file] of Object.entries({ "--worker": worker, "--laws": lawsFile }))
    if (file !== undefined) checkOwn(flag, fromHere(file));
  const laws = lawsFile === undefined ? undefined : await lawsOfFile(fromHere(lawsFile), load);
  if (worker === undefined) return { stage: undefined, laws };
  const file = fromHere(worker);
  const { worker: theirs } = await load("--worker", file);
  if (theirs === undefined)
    throw new UsageError(
      `--worker: ${shortly(file)} exports no worker. It needs: export async function worker(tools: FencedTools) { … }`,
    );
  const options = { base: topology, name: nameOf(file), ...(laws && { laws }) };
  return { stage: said(`--worker: ${shortly(file)}`, () => ownStage(theirs, options)), laws };
}

async function lawsOfFile(file: string, load: Import): Promise<OwnLaws> {
  const { laws } = await load("--laws", file);
  if (laws === undefined)
    throw new UsageError(
      `--laws: ${shortly(file)} exports no laws. It needs: export const laws = { "a name": ({ trace, verdict }) => … }`,
    );
  return said(`--laws: ${shortly(file)}`, () => ownLaws(laws));
}

/** Throws UsageError instead of OwnCodeError. */
function said<T>(what: string, give: () => T): T {
  try {
    return give();
  } catch (error) {
    if (error instanceof OwnCodeError) throw new UsageError(`${what}: ${error.message}.`);
    throw error;
  }
}

/** mine/v5.ts is v5, and so is v5/worker.ts. */
function nameOf(file: string): string {
  const name = basename(file).replace(/\.m?ts$/, "");
  return name === "worker" ? basename(dirname(file)) : name;
}
