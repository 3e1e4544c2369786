/**
 * The clock: lets one event happen, waits until every routine is blocked, and so on until nothing is left or a bound is hit.
 *
 * A routine that is busy with chans for ever is noticed (`Bounds.spins`). A loop without any await is not: it hangs the
 * simulator, as it hangs every JavaScript program.
 */
import { routineGroup, useScheduler } from "@shirts/chan/testing";
import type { Due } from "./agenda.ts";
import type { Simulation } from "./simulation.ts";
import { breathe, turn } from "./turn.ts";

/** Where a run is cut. A cut run says so (`Played.bound`); it never counts as right. */
export interface Bounds {
  readonly events: number;
  readonly virtualMs: number;
  /** How often a routine may be busy without ever blocking between two events; each time is 4096 operations. */
  readonly spins: number;
}

export const BOUNDS: Bounds = { events: 20_000, virtualMs: 1_000_000, spins: 2 };

/** What happened to the story: undefined when it came to its end. */
export type Bound = string | undefined;

/** One story at a time: chance and timers of chan are the whole process's. */
let line: Promise<unknown> = Promise.resolve();
let stories = 0;
const STORIES_PER_BREATH = 64;

/**
 * Runs `sim` until its agenda is empty. With `atTheEnd`, calls it then, tells every worker to end, and runs on until the agenda
 * is empty again.
 */
export function play(sim: Simulation, bounds: Bounds, atTheEnd: (() => void) | undefined): Promise<Bound> {
  const mine = line.then(() => playAlone(sim, bounds, atTheEnd));
  line = mine.catch(() => undefined);
  return mine;
}

async function playAlone(
  sim: Simulation,
  bounds: Bounds,
  atTheEnd: (() => void) | undefined,
): Promise<Bound> {
  stories++;
  if (stories % STORIES_PER_BREATH === 0) await breathe();
  const spinning: (() => void)[] = [];
  const leave = routineGroup().enter();
  const restore = useScheduler({
    random: () => sim.chance(),
    now: () => sim.now,
    setTimer: (fire, ms) => setTimer(sim, fire, ms),
    yield: (resume) => spinning.push(resume),
    crash: (error) => sim.current?.panic(error),
  });
  const budget = { events: bounds.events };
  try {
    const bound = await drain(sim, bounds, budget, spinning);
    if (bound || !atTheEnd) return bound;
    atTheEnd();
    sim.broker.isHandingOut = false;
    for (const process of sim.processes) {
      process.shutDown();
      await turn();
    }
    return await drain(sim, bounds, budget, spinning);
  } finally {
    restore();
    leave();
  }
}

// #region clock
/** Until the agenda is empty. */
async function drain(
  sim: Simulation,
  bounds: Bounds,
  budget: { events: number },
  spinning: (() => void)[],
): Promise<Bound> {
  const { agenda } = sim.mode;
  for (let due = agenda.next(); due; due = agenda.next()) {
    if (budget.events-- <= 0) return `cut after ${bounds.events} events`;
    if (due.at > bounds.virtualMs) return `cut after ${bounds.virtualMs} virtual ms`;
    happen(sim, due);
    // Two messages that arrive in the same millisecond are read in one go: a routine that was busy finds both ready.
    for (let same = agenda.peek(); same && isSameRead(due, same); same = agenda.peek()) {
      agenda.next();
      happen(sim, same);
    }
    if (!sim.woken) continue;
    sim.woken = false;
    await turn();
    for (let spins = 0; spinning.length > 0; spins++) {
      if (spins >= bounds.spins) return `cut: ${sim.current?.name} is busy for ever without doing anything`;
      spinning.shift()?.();
      await turn();
    }
  }
  return undefined;
}
// #endregion clock

function happen(sim: Simulation, due: Due): void {
  sim.now = Math.max(sim.now, due.at);
  if (due.to?.paused) due.to.held.push(due);
  else due.run();
}

function isSameRead(first: Due, then: Due): boolean {
  return (
    first.to !== undefined && first.to === then.to && first.at === then.at && !first.label.startsWith("pace")
  );
}

function setTimer(sim: Simulation, fire: () => void, ms: number): () => void {
  const process = sim.current;
  const owner = {};
  const label = process?.timerLabel() ?? "timer";
  sim.later({ label, owner, ms: [ms, ms], ...(process && { to: process }) }, () => {
    process?.wake(label);
    fire();
  });
  return () => sim.mode.agenda.drop(owner);
}
