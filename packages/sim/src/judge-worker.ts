/**
 * Judges a worker by the laws: many stories from fixed seeds, and every order of a small one.
 *
 * A story counts against a worker only when the stage that it takes after keeps the law in the same story: v3 is lost
 * sometimes, and nobody asks more of a worker that takes after it. The same worker gets the same answer, always, and after at
 * most some thousand stories. A worker that hangs without an await is not noticed here: who judges what others wrote does it
 * in a process that can be ended, as `pnpm sim --worker` does.
 */
import { colours, type TraceEvent } from "@shirts/story";
import { explore } from "./explore.ts";
import { type Found, find, runSeed, shrink } from "./find.ts";
import { SHAPE, type Shape } from "./generate.ts";
import { type LawName, lawNames } from "./laws.ts";
import { ACK_LAST, type OwnOptions, ownStage } from "./own-worker.ts";
import { faultKinds, type Story } from "./plan.ts";
import type { Bounds } from "./play.ts";
import { type Stage, stageOf, type WorkerTools } from "./stages.ts";

/** The law beside the laws: without it no seed means anything. */
export const SAME_TWICE = "the same story twice is the same";

export interface Judged {
  /** One of the laws, or `SAME_TWICE`. */
  readonly law: string;
  /** How it was broken. */
  readonly sentence: string;
  /** The smallest story that was found to break it. Times are virtual milliseconds, or numbers of events in an order. */
  readonly trace: readonly TraceEvent[];
  /** Steps per job, as many as an area has people. */
  readonly steps: number;
  /** The story as data, and as it was before it was made small. Missing: it is one of all orders of the small story. */
  readonly story?: Story;
  readonly found?: Found;
  /** How many smaller stories were tried. */
  readonly tried?: number;
}

const TROUBLE: Shape = { nodes: [2, 3], commands: [2, 4], steps: [2, 8], faults: [0, 2], kinds: faultKinds };

/** In this order, so that a simple story is found before one with faults. */
const ROUNDS: readonly { readonly shape: Shape; readonly seeds: number }[] = [
  { shape: SHAPE, seeds: 300 },
  { shape: { ...SHAPE, paces: [0, 0] }, seeds: 100 },
  { shape: TROUBLE, seeds: 1000 },
  { shape: { ...TROUBLE, paces: [0, 0] }, seeds: 300 },
];

/** How many stories a worker is judged by, beside the orders of the small one. */
export const STORIES = ROUNDS.reduce((sum, { seeds }) => sum + seeds, 0);

/** The longest of the house's stories has less than 1000 events and 1000 ms. What goes on for ever is cut soon after. */
const NEAR: Bounds = { events: 2000, virtualMs: 5_000, spins: 2 };
const TRIES = 1500;

/** Seeds that are played twice. */
const TWICE = 10;
/** A worker with more states than this is judged by its stories alone. */
const STATES_MAX = 30_000;

export interface JudgeOptions extends OwnOptions {
  /** Told when the orders were counted; undefined: there are too many. */
  readonly onOrders?: (orders: number | undefined) => void;
}

/**
 * The first law that `worker` breaks and the stage `base` keeps, with the smallest story that shows it; undefined when there is
 * none. Throws OwnCodeError when it is no function, LawError when a law of one's own throws.
 */
export async function judgeWorker(
  worker: (tools: WorkerTools) => Promise<void>,
  options: JudgeOptions = {},
): Promise<Judged | undefined> {
  return judgeStage(ownStage(worker, options), options);
}

/** The same for a stage that is made already. */
export async function judgeStage(
  stage: Stage,
  { base = "v4", onOrders }: JudgeOptions,
): Promise<Judged | undefined> {
  const beside = { ...stageOf(base), laws: ACK_LAST };
  const measure = { beside, bounds: NEAR, tries: TRIES };
  const differs = await playedTwice(stage);
  if (differs) return differs;
  for (const { shape, seeds } of ROUNDS) {
    const found = await find({ stage, shape, seeds, measure });
    if (!found) continue;
    const { law, story, outcome, tried } = await shrink(stage, shape, found, false, measure);
    const { trace, broken } = outcome;
    return { law, sentence: broken[law] ?? "", trace, steps: story.steps, story, found, tried };
  }
  return judgeOrders(stage, beside, onOrders);
}

/** Time, chance and whatever lies outside of `worker` are not the simulator's: then nothing that it says can be relied on. */
async function playedTwice(stage: Stage): Promise<Judged | undefined> {
  for (let seed = 1; seed <= TWICE; seed++) {
    const first = await runSeed(stage, TROUBLE, seed, NEAR);
    const { outcome, story } = await runSeed(stage, TROUBLE, seed, NEAR);
    const [before, after] = [first.outcome.trace, outcome.trace].map((trace) =>
      trace.map((event) => JSON.stringify(event)),
    );
    if (before?.join() === after?.join()) continue;
    const at = after?.findIndex((event, index) => event !== before?.[index]) ?? 0;
    const sentence = `the story of seed ${seed} was played twice, and went another way from its event ${at + 1} on. All nodes of the simulator share one module: keep what changes inside of worker()`;
    return { law: SAME_TWICE, sentence, trace: outcome.trace, steps: story.steps, story };
  }
  return undefined;
}

class TooManyError extends Error {}

const SMALL = {
  nodes: 2,
  steps: 1,
  commands: colours.slice(0, 2).map((shirt) => ({ atMs: 0, area: "north-america" as const, shirt })),
};

/** All orders of a story with two nodes, two commands and one person. */
async function judgeOrders(
  stage: Stage,
  beside: Stage,
  onOrders: JudgeOptions["onOrders"],
): Promise<Judged | undefined> {
  try {
    const { broken, ways } = await exploreSmall(stage);
    onOrders?.(ways);
    if (Object.keys(broken).length === 0) return undefined;
    const allowed = (await exploreSmall(beside)).broken;
    const law = lawNames.find((name) => broken[name] && !allowed[name]);
    if (!law) return undefined;
    const { trace = [], sentence = "" } = await exploreSmall(stage, law);
    return { law, sentence, trace, steps: SMALL.steps };
  } catch (error) {
    if (!(error instanceof TooManyError)) throw error;
    onOrders?.(undefined);
    return undefined;
  }
}

function exploreSmall(stage: Stage, law?: LawName): ReturnType<typeof explore> {
  return explore({
    ...SMALL,
    stage,
    law,
    onProgress: ({ states }) => {
      if (states > STATES_MAX) throw new TooManyError();
    },
  });
}
