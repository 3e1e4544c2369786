/** A worker that was never in the house, as a stage: what its file exports, on the topology of the stage that it takes after. */
import { isStage, type Stage as StageName } from "@shirts/story";
import { lawNames, type OwnLaws } from "./laws.ts";
import { type Stage, stageOf, type WorkerTools } from "./stages.ts";

/**
 * A law for workers that nobody knows. The house's workers need none: in them the ack is below the last step. v4's relay would
 * hide that an ack came too early, since it sends a command that is not finished again.
 */
// #region ack
export const ACK_LAST: OwnLaws = {
  "an ack comes after the last step": ({ trace }) => {
    /** By node and command: how many deliveries it has and has not acked. */
    const held = new Map<string, number>();
    for (const event of trace) {
      if (!("command" in event)) continue;
      const { node, type, command } = event;
      const key = `${node} ${command.area} ${command.revision} ${command.world}`;
      const count = held.get(key) ?? 0;
      if (type === "delivered") held.set(key, count + 1);
      if (type === "acked" || type === "ack dropped") held.set(key, count - 1);
      if (count === 0 && (type === "painted" || type === "refused"))
        return `${node} painted a step of ${command.shirt.toUpperCase()} at ${event.at} ms, and had acked the job`;
    }
    return undefined;
  },
};
// #endregion ack

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
    laws: { ...ACK_LAST, ...laws },
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
    if (name in ACK_LAST || lawNames.some((known) => known === name))
      throw new OwnCodeError(`its law "${name}" has the name of one of ours`);
  }
  return Object.fromEntries(entries);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `${/^[aeiou]/.test(typeof value) ? "an" : "a"} ${typeof value}`;
}
