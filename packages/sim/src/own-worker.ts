/** A worker that was never in the house, as a stage: what its file exports, on the topology of the stage that it takes after. */
import { isStage, type Stage as StageName } from "@shirts/story";
import { lawNames, type OwnLaws } from "./laws.ts";
import { type Stage, stageOf, type WorkerTools } from "./stages.ts";

export interface OwnOptions {
  /** Whose queues, prefetch, cancels and fence it gets. Default v4. */
  readonly base?: StageName;
  /** Default "yours". */
  readonly name?: string;
  readonly laws?: OwnLaws;
}

/** It is no worker, no law or no base; the message is one line for people, without a full stop. */
export class OwnCodeError extends Error {
  override readonly name = "OwnCodeError";
}

/** Throws OwnCodeError when `worker` is no function. */
export function ownStage(worker: unknown, { base = "v4", name = "yours", laws }: OwnOptions = {}): Stage {
  if (typeof worker !== "function")
    throw new OwnCodeError(`its "worker" is ${kindOf(worker)}, and no function`);
  return {
    ...stageOf(base),
    name,
    about: `a worker of your own, on ${base}'s queues`,
    // It may throw before it returns a promise, or return none.
    worker: async (tools: WorkerTools) => {
      await worker(tools);
    },
    isOwn: true,
    ...(laws && { laws }),
  };
}

/** Throws OwnCodeError. */
export function baseOf(name: string): StageName {
  if (isStage(name)) return name;
  throw new OwnCodeError(`there is no base "${name}"; there are v1, v2, v3 and v4`);
}

/** The laws that a file exports. Throws OwnCodeError. */
export function ownLaws(laws: unknown): OwnLaws {
  if (typeof laws !== "object" || laws === null || Array.isArray(laws))
    throw new OwnCodeError(`its "laws" is ${kindOf(laws)}, and no object of functions`);
  const entries = Object.entries(laws);
  if (entries.length === 0) throw new OwnCodeError('its "laws" is empty');
  for (const [name, law] of entries) {
    if (typeof law !== "function")
      throw new OwnCodeError(`its law "${name}" is ${kindOf(law)}, and no function`);
    if (lawNames.some((known) => known === name))
      throw new OwnCodeError(`its law "${name}" has the name of one of ours`);
  }
  return Object.fromEntries(entries);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `${/^[aeiou]/.test(typeof value) ? "an" : "a"} ${typeof value}`;
}
