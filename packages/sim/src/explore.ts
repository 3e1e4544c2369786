/**
 * Every order of events of a small story. There is no clock: each event that could come next is tried as the next one.
 *
 * One counted order is one sequence of these events, from the start to the end of the story:
 * - the president's next command is accepted and published;
 * - a job, or a cancel of somebody else, arrives at a node: both in their own order, in any order with each other;
 * - a step's time is over, for a routine that still waits for it; its statement has its effect in the table;
 * - a fault, at any place and at most once, and what it brings: a restart, a wake-up, a lost connection.
 * Two orders differ when these sequences differ. What follows at once from an event is part of it: what a node publishes, acks
 * or broadcasts is at the broker, its own cancel is back, and a table's answer is at the node. A timer that nobody waits for any
 * more is no event, and a choice of select counts only where its outcome changes what follows.
 *
 * A story without its fault does not count.
 */
import type { TraceEvent } from "@shirts/story";
import { type Count, Walk } from "./choice-points.ts";
import { ExploredRun } from "./explored-run.ts";
import { type LawName, lawNames } from "./laws.ts";
import type { Story } from "./plan.ts";
import type { Stage } from "./stages.ts";

/** Faults that can be injected at every place of a story. */
export const explorableFaults = ["lost-cancel", "crash", "pause", "duplicate"] as const;
export type ExplorableFault = (typeof explorableFaults)[number];

export interface Exploration {
  /** How many orders there are. */
  readonly ways: number;
  /** In how many of them the law of interest was broken. */
  readonly wrong: number;
  /** In how many of them each law was broken; a law that always held is not there. */
  readonly broken: Readonly<Partial<Record<LawName, number>>>;
  /** How many events the shortest wrong order has. */
  readonly shortest: number | undefined;
  readonly states: number;
  readonly runs: number;
  /** The trace of the shortest wrong interleaving; its times are event numbers. */
  readonly trace: readonly TraceEvent[] | undefined;
  /** How it broke the law of interest, in one sentence. */
  readonly sentence: string | undefined;
}

export interface ExploreOptions {
  readonly stage: Stage;
  readonly nodes: number;
  readonly steps: number;
  readonly commands: Story["commands"];
  readonly fault?: ExplorableFault | undefined;
  /** The law of interest. Default: the last command wins. */
  readonly law?: LawName | undefined;
  /** Walks equal states once. Without it the counts are the same, and take longer. Default true. */
  readonly merging?: boolean;
  /** Told every few hundred runs. */
  readonly onProgress?: (soFar: SoFar) => void;
}

/** How far a count is. */
export type SoFar = Pick<Exploration, "ways" | "wrong" | "states">;

const RUNS_PER_TELL = 256;

/** Walks all ways. Throws RangeError when there are too many to count, Error when a run hits a bound. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const law = lawNames.indexOf(options.law ?? "last command wins");
  const walk = new Walk(lawNames.length, law, options.merging ?? true);
  let count: Count | undefined;
  while (!count) {
    const run = new ExploredRun(options, (choice) => walk.choose(choice));
    const end = await run.play();
    count = walk.end(run.events, end);
    if (count || walk.runs % RUNS_PER_TELL !== 0 || !options.onProgress) continue;
    const { ways, broken } = walk.soFar();
    options.onProgress({ ways, wrong: broken[law] ?? 0, states: walk.states });
  }
  const { ways, shortest } = count;
  const played = shortest && (await replay(options, shortest.choices));
  const [trace, sentence] = [played?.sim.trace, played?.broken[lawNames[law] ?? "last command wins"]];
  const wrong = count.broken[law] ?? 0;
  const { states, runs } = walk;
  return {
    ways,
    wrong,
    broken: named(count.broken),
    shortest: shortest?.events,
    states,
    runs,
    trace,
    sentence,
  };
}

function named(broken: readonly number[]): Exploration["broken"] {
  const counts: Partial<Record<LawName, number>> = {};
  lawNames.forEach((name, law) => {
    if (broken[law]) counts[name] = broken[law];
  });
  return counts;
}

/** The trace of the order that these choices lead to. */
async function replay(options: ExploreOptions, choices: readonly number[]): Promise<ExploredRun> {
  const left = [...choices];
  const run = new ExploredRun(options, ({ ways }) => (ways === 1 ? 0 : (left.shift() ?? 0)));
  await run.play();
  return run;
}
