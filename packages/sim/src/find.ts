/** Finds a seed whose story breaks a law, and shrinks that story to the smallest one that still breaks it. */
import fc from "fast-check";
import { type Shape, sketches, sketchOf, smallest, storyOf } from "./generate.ts";
import type { LawName } from "./laws.ts";
import type { Story } from "./plan.ts";
import type { Bounds } from "./play.ts";
import { type Outcome, runStory } from "./run.ts";
import type { Stage } from "./stages.ts";

export interface Found {
  readonly law: LawName;
  readonly seed: number;
  readonly story: Story;
  readonly outcome: Outcome;
}

export interface Search {
  readonly stage: Stage;
  readonly shape: Shape;
  /** The law to break; any of them when missing. */
  readonly law?: LawName;
  readonly from?: number;
  readonly seeds: number;
  /** Finds only stories whose faults are to blame: without them, and with all else equal, the law holds. */
  readonly isBlaming?: boolean;
  readonly measure?: Measure;
}

/** By what a worker of one's own is judged. */
export interface Measure {
  /** Counts only stories in which this stage keeps the law, with all else equal. */
  readonly beside?: Stage;
  /** Where a run is cut. Default: far out, where no worker of the house comes. */
  readonly bounds?: Bounds;
  /** How many smaller stories a shrinker tries. */
  readonly tries?: number;
}

/** The story of a seed, played. */
export async function runSeed(
  stage: Stage,
  shape: Shape,
  seed: number,
  bounds?: Bounds,
): Promise<{ story: Story; outcome: Outcome }> {
  const story = storyOf(sketchOf(sketches(shape), seed));
  return { story, outcome: await runStory(stage, story, seed, bounds) };
}

/** Tries seeds one after the other, until one breaks the law. Undefined when none does. */
export async function find(search: Search): Promise<Found | undefined> {
  const { stage, shape, from = 1, seeds, isBlaming, measure } = search;
  for (let seed = from; seed < from + seeds; seed++) {
    const { story, outcome } = await runSeed(stage, shape, seed, measure?.bounds);
    const broken = await brokenLaw(search, story, seed, outcome);
    if (!broken) continue;
    if (isBlaming && !(await holdsWithoutFaults(stage, story, seed, broken))) continue;
    return { law: broken, seed, story, outcome };
  }
  return undefined;
}

/** Delays are drawn by name, so the story without its faults has the same ones, and only the faults make a difference. */
async function holdsWithoutFaults(stage: Stage, story: Story, seed: number, law: LawName): Promise<boolean> {
  return !(law in (await runStory(stage, { ...story, faults: [] }, seed)).broken);
}

async function brokenLaw(
  { law, measure }: Search,
  story: Story,
  seed: number,
  { broken }: Outcome,
): Promise<LawName | undefined> {
  const names = law ? [law] : (Object.keys(broken) as LawName[]);
  const found = names.filter((name) => name in broken);
  if (!measure?.beside || found.length === 0) return found[0];
  const allowed = (await runStory(measure.beside, story, seed)).broken;
  const counted = found.filter((name) => !(name in allowed));
  // Whoever panicked did not finish its work either: the cause is named, not what came of it.
  return counted.find((name) => name === "the loop never panics or deadlocks") ?? counted[0];
}

export interface Shrunk extends Found {
  /** How many smaller stories were tried, and how many of them still broke the law. */
  readonly tried: number;
  readonly kept: number;
}

/** A bound for the shrinker; a story is small long before. */
const TRIES_MAX = 5000;

/**
 * Shrinks first what the story is made of (nodes, commands, steps, faults, paces), then its delays. It is greedy, like
 * fast-check: it takes the first smaller story that still breaks the same law, until there is none. The seed stays.
 */
export async function shrink(
  stage: Stage,
  shape: Shape,
  { law, seed }: Pick<Found, "law" | "seed">,
  isBlaming = false,
  { beside, bounds, tries = TRIES_MAX }: Measure = {},
): Promise<Shrunk> {
  const count = { tried: 0, kept: 0 };
  const played = (story: Story) => runStory(stage, story, seed, bounds);
  const breaks = async (story: Story): Promise<boolean> =>
    law in (await played(story)).broken &&
    (!isBlaming || (await holdsWithoutFaults(stage, story, seed, law))) &&
    (!beside || !(law in (await runStory(beside, story, seed)).broken));

  const sketch = await smaller(
    sketches(smallest(shape)),
    sketchOf(sketches(shape), seed),
    (candidate) => breaks(storyOf(candidate)),
    count,
    tries,
  );
  const story = storyOf(sketch);
  const { delays } = await played(story);
  const shortest = await smaller(
    fc.record(Object.fromEntries(Object.entries(delays).map(([name, ms]) => [name, delayUpTo(ms)]))),
    delays,
    (candidate) => breaks({ ...story, delays: candidate }),
    count,
    tries,
  );
  const shrunk = { ...story, delays: shortest };
  return { law, seed, story: shrunk, outcome: await played(shrunk), ...count };
}

/** A delay shrinks to one millisecond. A draw of chance, and a delay of zero, shrink to zero. */
function delayUpTo(ms: number): fc.Arbitrary<number> {
  return fc.integer({ min: Math.min(1, ms), max: ms });
}

async function smaller<T>(
  from: fc.Arbitrary<T>,
  value: T,
  breaks: (candidate: T) => Promise<boolean>,
  count: { tried: number; kept: number },
  tries: number,
): Promise<T> {
  let best = value;
  let context: unknown;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const next of from.shrink(best, context)) {
      if (count.tried >= tries) return best;
      count.tried++;
      if (!(await breaks(next.value))) continue;
      count.kept++;
      best = next.value;
      context = next.context;
      isSmaller = true;
      break;
    }
  }
  return best;
}
