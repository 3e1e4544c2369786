/**
 * The clock: one event happens, then every routine runs until it blocks, and so on until no event is left or a bound is hit.
 *
 * A routine that is busy with chans for ever is noticed (`Bounds.spins`). A loop without any await is not: it hangs the
 * simulator, as it hangs every JavaScript program. A worker of one's own is watched from another process (cli/watch.ts).
 */
import { routineGroup, useScheduler } from "@shirts/chan/testing";
import type { QueuedEvent } from "./event-queue.ts";
import { drainMicrotasks, eventLoopTurn } from "./microtasks.ts";
import type { Simulation } from "./simulation.ts";

/** Where a run is cut. A cut run says so (`Outcome.bound`) and never counts as right. */
export interface Bounds {
  readonly events: number;
  readonly virtualMs: number;
  /** How often a routine may be busy between two events without ever blocking. Each time is 4096 operations. */
  readonly spins: number;
}

export const BOUNDS: Bounds = { events: 20_000, virtualMs: 1_000_000, spins: 2 };

/** Why a run was cut; undefined when the story came to its end. */
export type Bound = string | undefined;

/** One story at a time, because chan has one scheduler for the whole process. */
let line: Promise<unknown> = Promise.resolve();
let stories = 0;
const STORIES_PER_TURN = 64;

let onStory: ((sim: Simulation) => void) | undefined;
let playing: Simulation | undefined;

/** `tell` gets each story before it is played. */
export function tellStories(tell: typeof onStory): void {
  onStory = tell;
}

/** An error that nobody waits for ends the process whose routines run now, as in Node. False: no story is played. */
export function panicOfNow(error: unknown): boolean {
  playing?.current?.panic(error);
  return playing !== undefined;
}

/**
 * Runs `sim` until its event queue is empty. Then it calls `atTheEnd`, and if that says so, it closes the jobs of every worker and
 * runs on until the event queue is empty again.
 */
export function play(sim: Simulation, bounds: Bounds, atTheEnd: () => boolean): Promise<Bound> {
  const mine = line.then(() => playAlone(sim, bounds, atTheEnd));
  line = mine.catch(() => undefined);
  return mine;
}

async function playAlone(sim: Simulation, bounds: Bounds, atTheEnd: () => boolean): Promise<Bound> {
  stories++;
  if (stories % STORIES_PER_TURN === 0) await eventLoopTurn();
  playing = sim;
  onStory?.(sim);
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
    const bound = await runEvents(sim, bounds, budget, spinning);
    if (bound || !atTheEnd()) return bound;
    sim.broker.isDelivering = false;
    for (const process of sim.processes) {
      process.shutDown();
      await drainMicrotasks();
    }
    return await runEvents(sim, bounds, budget, spinning);
  } finally {
    playing = undefined;
    restore();
    leave();
  }
}

/** Lets events happen until the event queue is empty or a bound is hit. */
async function runEvents(
  sim: Simulation,
  bounds: Bounds,
  budget: { events: number },
  spinning: (() => void)[],
): Promise<Bound> {
  const { eventQueue } = sim.mode;
  // #region clock
  for (let event = eventQueue.next(); event; event = eventQueue.next()) {
    if (budget.events-- <= 0) return `cut after ${bounds.events} events`;
    if (event.at > bounds.virtualMs) return `cut after ${bounds.virtualMs} virtual ms`;
    happen(sim, event);
    // A process reads two messages of the same millisecond at once, so a busy routine may find both ready.
    for (let same = eventQueue.peek(); same && isSameRead(event, same); same = eventQueue.peek()) {
      eventQueue.next();
      happen(sim, same);
    }
    if (!sim.woken) continue;
    sim.woken = false;
    await drainMicrotasks();
    for (let spins = 0; spinning.length > 0; spins++) {
      if (spins >= bounds.spins) return `cut: ${sim.current?.name} is busy for ever without doing anything`;
      spinning.shift()?.();
      await drainMicrotasks();
    }
    // Node tells of a rejected promise that nobody waits for only then; and it must be known whose it was.
    if (sim.stage.isOwn) await eventLoopTurn();
  }
  // #endregion clock
  return undefined;
}

function happen(sim: Simulation, event: QueuedEvent): void {
  sim.now = Math.max(sim.now, event.at);
  if (event.to?.paused) event.to.held.push(event);
  else event.run();
}

function isSameRead(first: QueuedEvent, then: QueuedEvent): boolean {
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
  return () => sim.mode.eventQueue.drop(owner);
}
