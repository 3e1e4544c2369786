/**
 * A story whose next event is chosen, again and again, by whoever asks: one of the orders that `explore` walks. There is no
 * clock. It is played from the start each time, which takes a millisecond or so; that is how a game goes one event back.
 */
import type { AreaVerdict, TraceEvent } from "@shirts/story";
import type { Choice } from "./choice-points.ts";
import type { ExploreOptions } from "./explore.ts";
import { ExploredRun } from "./explored-run.ts";
import type { Broken } from "./laws.ts";

export type ScheduledStory = Pick<ExploreOptions, "stage" | "nodes" | "steps" | "commands" | "fault">;

/** A place where a story can go on in several ways. */
export interface Fork {
  /** The names of the ways, no two the same. */
  readonly ways: readonly string[];
  /** Not an event: a select of one node found a second case ready, and takes one of them. */
  readonly isCoin: boolean;
  /** What has happened so far. */
  readonly trace: readonly TraceEvent[];
  /** Two forks with the same key have the same future. A coin has none, since a routine is in the middle of its work. */
  key(): string | undefined;
}

/** A story that was played, to its end or to a fork. */
export interface Played {
  /** What has happened; its times are event numbers. */
  readonly trace: readonly TraceEvent[];
  /** What the table says; one entry per commanded area. */
  readonly verdict: readonly AreaVerdict[];
  /** Where it stands; undefined when the story is over. */
  readonly fork: Fork | undefined;
  /** The laws that were broken, when the story is over and its fault has happened. */
  readonly broken: Broken;
  /** The story has a fault, and it has not happened so far. */
  readonly isFaultLeft: boolean;
}

/**
 * Plays a story; `choose` says which way it goes at each fork, or undefined: it stays there. Where only one event may happen
 * next, it happens. One story plays at a time, so a second call waits for the first. Throws Error when it has no end.
 */
export async function playSchedule(
  story: ScheduledStory,
  choose: (fork: Fork) => number | undefined,
): Promise<Played> {
  let stayed: Played | undefined;
  const run = new ExploredRun(story, (choice) => {
    if (choice.ways === 1) return 0;
    const { sim } = run;
    const fork: Fork = {
      ways: namesOf(choice),
      isCoin: choice.isCoin,
      trace: sim.trace,
      key: () => choice.key?.(),
    };
    const way = choose(fork);
    if (way === undefined) {
      const trace = [...sim.trace];
      const key = choice.key?.();
      const { isFaultLeft } = run;
      const verdict = sim.table.verdicts();
      stayed = { trace, verdict, fork: { ...fork, trace, key: () => key }, broken: {}, isFaultLeft };
    }
    return way;
  });
  await run.play();
  if (stayed) return stayed;
  const { sim, broken, isFaultLeft } = run;
  return { trace: sim.trace, verdict: sim.table.verdicts(), fork: undefined, broken, isFaultLeft };
}

function namesOf({ ways, isCoin, label, by }: Choice): string[] {
  if (isCoin) return [`coin ${by} first`, `coin ${by} second`];
  return Array.from({ length: ways }, (_, way) => label(way));
}
