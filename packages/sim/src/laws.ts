/**
 * The laws: what must hold for every story. A law looks at a finished story and says in one sentence how it was broken;
 * undefined when it held.
 */
import type { AreaVerdict, Cancel, TraceEvent } from "@shirts/story";
import type { Bound } from "./play.ts";
import type { Simulation } from "./simulation.ts";

/** A finished story, and the jobs that were open when the workers' jobs were closed. */
export interface Finished {
  readonly sim: Simulation;
  readonly open: readonly string[];
  readonly bound: Bound;
}

export type LawName =
  | "last command wins"
  | "no step after a newer command was accepted"
  | "a cancel saves work"
  | "a cancel has the age of the job behind it"
  | "every job acked exactly once or redelivered"
  | "no routine left running"
  | "the loop never panics or deadlocks";

export const laws: Readonly<Record<LawName, (finished: Finished) => string | undefined>> = {
  // #region law
  "last command wins": ({ sim }) => {
    for (const { area, wrong, people, commanded } of sim.table.verdicts())
      if (wrong > 0) return `${wrong} of ${people} people in ${area} do not wear ${commanded?.toUpperCase()}`;
    return undefined;
  },
  // #endregion law

  "no step after a newer command was accepted": ({ sim }) => {
    for (const { area, stale } of sim.table.verdicts())
      if (stale > 0) return `${stale} steps of an older command landed in ${area}`;
    return undefined;
  },

  // The fence hides a cancel that is ignored: the step is refused. It was work all the same.
  "a cancel saves work": ({ sim }) => {
    const [first, ...others] = sim.processes.flatMap(({ hearing }) => hearing.wasted);
    return first && `${first}${others.length > 0 ? ` (and ${others.length} more steps)` : ""}`;
  },

  "a cancel has the age of the job behind it": ({ sim }) => {
    const taken = new Set<string>();
    const key = (node: string, { area, revision }: Pick<Cancel, "area" | "revision">) =>
      `${node} ${area} ${revision}`;
    for (const event of sim.trace) {
      if (event.type === "delivered") taken.add(key(event.node, event.command));
      if (event.type !== "cancel sent" || event.cancel.revision === undefined) continue;
      if (!taken.has(key(event.node, event.cancel)))
        return `${event.node} sent a cancel of revision ${event.cancel.revision}, and took no such job`;
    }
    return undefined;
  },

  "every job acked exactly once or redelivered": ({ sim, open }) => {
    if (open.length > 0) return `nobody ever acked ${open.join(", ")}`;
    for (const { message, acks } of sim.broker.deliveries)
      if (acks > 1) return `one delivery of ${message.id} was acked ${acks} times`;
    return undefined;
  },

  "no routine left running": ({ sim, bound }) => {
    for (const { name, alive, intake, leftBehind, routines } of sim.processes) {
      const unfinished = alive ? intake.unfinished : leftBehind;
      if (unfinished > 0) return `${name} ended with ${unfinished} jobs still running`;
      if (alive && routines.live() > 0) return `${name} ended with ${routines.live()} routines still blocked`;
    }
    return bound && `the story never came to rest: ${bound}`;
  },

  "the loop never panics or deadlocks": ({ sim, bound }) => {
    for (const { name, ended } of sim.processes) {
      if (ended === "panicked") return `${name} panicked`;
      if (ended === "running") return `${name}'s loop never ended${bound ? `: ${bound}` : ""}`;
    }
    return undefined;
  },
};

export const lawNames = Object.keys(laws) as LawName[];

// #region own
/** What a law of one's own looks at: a story that is over. */
export interface Told {
  /** What happened, in order; `at` is in virtual milliseconds. */
  readonly trace: readonly TraceEvent[];
  /** What the table says; one entry per commanded area. */
  readonly verdict: readonly AreaVerdict[];
}

/** Says in one sentence how it was broken; undefined when it held. */
export type OwnLaw = (told: Told) => string | undefined;
// #endregion own

/** By their names. */
export type OwnLaws = Readonly<Record<string, OwnLaw>>;

/** A law of one's own threw: nobody can say whether it holds. */
export class LawError extends Error {
  override readonly name = "LawError";
}

/** The laws by which a stage is judged, ours first. Those of one's own go by names that nobody knows beforehand. */
export function lawsOf({ laws: own = {} }: { readonly laws?: OwnLaws }): LawName[] {
  return [...lawNames, ...(Object.keys(own) as LawName[])];
}

/** The laws that were broken, each with its sentence. */
export type Broken = Readonly<Partial<Record<LawName, string>>>;

/** `isOwnToo`: also by the laws of one's own. */
export function judge(finished: Finished, isOwnToo = true): Broken {
  const broken: Partial<Record<LawName, string>> = {};
  for (const name of lawNames) {
    const sentence = laws[name](finished);
    if (sentence !== undefined) broken[name] = sentence;
  }
  if (!isOwnToo) return broken;
  const { stage, trace, table } = finished.sim;
  for (const [name, law] of Object.entries(stage.laws ?? {})) {
    const sentence = askOwn(name, law, { trace, verdict: table.verdicts() });
    if (sentence !== undefined) broken[name as LawName] = sentence;
  }
  return broken;
}

/** Throws LawError. */
function askOwn(name: string, law: OwnLaw, told: Told): string | undefined {
  let sentence: unknown;
  try {
    sentence = law(told);
  } catch (error) {
    throw new LawError(`the law "${name}" threw: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (sentence === undefined || typeof sentence === "string") return sentence;
  throw new LawError(`the law "${name}" must give a sentence or undefined, not ${typeof sentence}`);
}
