/** What "Watch" shows: a story, its seed, and the one or two stages that play it. Each change plays it again. */
import { batch, signal } from "@preact/signals";
import { ImpossibleStoryError, runStory, type Story, stageOf } from "@shirts/sim";
import type { TraceEvent } from "@shirts/story";
import { Player } from "../../player/player.ts";
import { Together } from "../../player/together.ts";
import { text } from "../../text.ts";

export interface WatchState {
  /** One stage, or two side by side. */
  readonly stages: readonly string[];
  readonly story: Story;
  readonly seed: number;
  /** How many events have happened; missing: it plays from the start. */
  readonly position?: number;
}

/** Players of one story under one transport. */
export interface Show {
  readonly state: WatchState;
  readonly players: readonly Player[];
  readonly together: Together;
}

/** A link holds no greater one. */
const SEED_MAX = 2_147_483_647;

/** What the form holds; it may be impossible. */
export const wanted = signal<WatchState | undefined>(undefined);
/** What is played: the last possible one. */
export const show = signal<Show | undefined>(undefined);
/** Why the wanted story cannot be played. */
export const problem = signal<string | undefined>(undefined);

/** Takes a new story, and plays it. An impossible one says why, and leaves what is played. */
export async function play(state: WatchState, isCalm = false): Promise<void> {
  wanted.value = state;
  if (!Number.isInteger(state.seed) || state.seed < 0 || state.seed > SEED_MAX) {
    problem.value = text.watch.badSeed(SEED_MAX);
    return;
  }
  try {
    const traces = [];
    for (const name of state.stages) traces.push(await traceOf(name, state));
    // A newer story is on its way, unless that one is impossible.
    const isOld = wanted.peek() !== state;
    if (isOld && problem.peek() === undefined) return;
    const players = traces.map((trace) => new Player(trace, state.story.steps));
    const speed = show.peek()?.together.speed.peek() ?? 1;
    const together = new Together(players);
    together.speed.value = speed;
    show.peek()?.together.end();
    batch(() => {
      show.value = { state, players, together };
      if (!isOld) problem.value = undefined;
    });
    if (state.position !== undefined) together.seek(state.position);
    else if (isCalm) together.seek(together.length);
    else together.play();
  } catch (error) {
    if (!(error instanceof ImpossibleStoryError)) throw error;
    if (wanted.peek() === state) problem.value = error.message;
  }
}

/** The simulator's trace, and after it what its table counts. */
async function traceOf(name: string, { story, seed }: WatchState): Promise<TraceEvent[]> {
  const { trace, verdict } = await runStory(stageOf(name), story, seed);
  const at = trace.at(-1)?.at ?? 0;
  return [...trace, ...verdict.map((one) => ({ type: "verdict" as const, verdict: one, node: "table", at }))];
}
