/**
 * One order of a program: it runs the program once, from its start, and asks at each choice point how to go on.
 *
 * A step: one way is taken (a routine begins or goes on after an operation of chan, or a timer fires), and then everything that can
 * run without another operation runs, until all microtasks are done.
 *
 * Invariants:
 * 1. All that happens in a step is done by the routine of its way. So a routine that blocks in it is that one.
 * 2. A routine may have several operations under way, when it calls async functions without `go`: each is a way of its own.
 */

import { blockedRoutines, DeadlockError } from "../../deadlock.ts";
import { enterRegistry, Registry } from "../../registry.ts";
import { type Deferred, scheduler } from "../../scheduler.ts";
import { BoundError } from "../bound-error.ts";
import { useScheduler } from "../use-scheduler.ts";
import type { ChoicePoint, Choose, Routine, Way } from "./choices.ts";
import { drain, eventLoopTurn } from "./drain.ts";
import type { Failure, FailureKind } from "./failure.ts";
import type { Trace } from "./trace.ts";
import { Ways } from "./ways.ts";

export interface OrderOptions {
  readonly main: () => unknown;
  readonly startMs: number;
  readonly leftovers: "end" | "error";
  /** An order with more steps has no end. */
  readonly stepsMax: number;
  /** An order with more steps is given up. */
  readonly cutAt: number;
  /** How often a routine that could go on may be made to wait for another one. */
  readonly preemptionsMax: number;
}

/** How an order ended. */
export interface End {
  readonly steps: number;
  readonly preemptions: number;
  readonly choices: readonly number[];
  readonly failure: Failure | undefined;
  /** It was given up at `cutAt` steps. */
  readonly isCut: boolean;
  /** A way was left out, because it would have been one preemption more than allowed. */
  readonly isBounded: boolean;
}

const MAIN: Routine = { id: 0, name: "main" };
/** Multiplied by how many cases are ready it is at least 1: the case before is kept. */
const KEEP = 0.999_999;
const TAKE = 0;

export class Order {
  readonly #options: OrderOptions;
  readonly #choose: Choose;
  readonly #trace: Trace | undefined;
  readonly #registry = new Registry();
  readonly #choices: number[] = [];
  /** The routines that blocked, by what resolves their promise. */
  readonly #owners = new Map<object, Routine>();
  readonly #pending: Ways;
  #current = MAIN;
  #routines = 1;
  #steps = 0;
  #preemptions = 0;
  #isBounded = false;
  /** The only way that is left, because of the bound. */
  #isForced = false;
  #isMainOver = false;
  /** Among the ready cases of this select one has been taken in place of an earlier one. */
  #isTaken = false;
  #failure: Failure | undefined;
  /** An error of the exploration itself; it must not reach the program. */
  #mistake: unknown;

  constructor(options: OrderOptions, choose: Choose, trace?: Trace) {
    this.#options = options;
    this.#choose = choose;
    this.#trace = trace;
    this.#pending = new Ways(options.startMs);
  }

  /** Plays it to its end. Throws what `choose` throws. */
  async play(): Promise<End> {
    const restoreRegistry = enterRegistry(this.#registry);
    const restore = useScheduler({
      random: (among) => this.#coin(among ?? 2),
      now: () => this.#pending.nowMs,
      setTimer: (fire, ms) => this.#setTimer(fire, ms),
      yield: (resume) => this.#pending.add({ kind: "operation", routine: this.#current, resume }),
      crash: (error) => this.fail("panic", error),
      defer: (resume, about) => this.#defer(resume, about),
    });
    const { defer } = scheduler;
    let isCut = false;
    try {
      this.#pending.add({ kind: "start", routine: MAIN, resume: () => this.#runMain() });
      for (;;) {
        const ways = this.#ways();
        if (ways.length === 0) break;
        if (this.#steps >= this.#options.stepsMax) {
          this.fail("no end", new BoundError("steps", `this order has not ended after ${this.#steps} steps`));
          break;
        }
        isCut = this.#steps >= this.#options.cutAt;
        if (isCut) break;
        await this.#step(ways);
        // The program may run a bubble of its own, which takes event-loop turns.
        while (scheduler.defer !== defer) await eventLoopTurn();
        if (this.#mistake !== undefined) throw this.#mistake;
        if (this.#failure !== undefined || (this.#isMainOver && this.#options.leftovers === "end")) break;
      }
      await eventLoopTurn();
      if (!isCut) await this.#judge();
    } finally {
      restore();
      restoreRegistry();
    }
    return this.#end(isCut);
  }

  /** The first failure of an order counts. */
  fail(kind: FailureKind, error: unknown): void {
    this.#failure ??= { kind, error, routine: this.#current };
  }

  #end(isCut: boolean): End {
    return {
      steps: this.#steps,
      preemptions: this.#preemptions,
      choices: this.#choices,
      failure: this.#failure,
      isCut,
      isBounded: this.#isBounded,
    };
  }

  #runMain(): void {
    const { main } = this.#options;
    // A function of its own, so that what main throws at once is a rejection.
    const run = async (): Promise<unknown> => main();
    void run().then(
      () => {
        this.#isMainOver = true;
      },
      (error: unknown) => this.fail("error", error),
    );
  }

  async #step(ways: readonly Way[]): Promise<void> {
    const way = ways[this.#pick({ count: ways.length, ways, step: this.#steps })] as Way;
    if (this.#mistake !== undefined) return;
    const couldGoOn = ways[0]?.routine === this.#current && ways[0].kind === "operation";
    if (couldGoOn && way.routine !== this.#current) this.#preemptions++;
    this.#steps++;
    this.#current = way.routine;
    this.#pending.remove(way);
    const live = this.#registry.live;
    this.#trace?.begin(way);
    way.resume();
    await drain();
    for (const member of this.#registry.blocked())
      if (!this.#owners.has(member.resolve)) {
        this.#owners.set(member.resolve, this.#current);
        this.#trace?.blocks(member);
      }
    const isOver = way.routine === MAIN ? this.#isMainOver : this.#registry.live < live;
    await this.#trace?.end(isOver, this.#failure);
  }

  /** What can happen next, the routine that runs first. */
  #ways(): readonly Way[] {
    this.#isForced = false;
    const goesOn = (way: Way): boolean => way.routine === this.#current && way.kind === "operation";
    const ways = this.#pending.next();
    const mine = ways.filter(goesOn);
    const others = ways.filter((way) => !goesOn(way));
    if (mine.length === 0 || others.length === 0 || this.#preemptions < this.#options.preemptionsMax)
      return [...mine, ...others];
    this.#isBounded = true;
    this.#isForced = true;
    return mine;
  }

  #pick(point: ChoicePoint): number {
    if (point.count === 1) {
      // Without the bound there is a choice here, and a replay has no bound.
      if (this.#isForced) this.#choices.push(0);
      return 0;
    }
    try {
      const choice = this.#choose(point);
      this.#choices.push(choice);
      return choice;
    } catch (error) {
      this.#mistake = error;
      return 0;
    }
  }

  /** A case that was taken is kept, or one outcome would be reached by several choices. */
  #coin(among: number): number {
    if (among === 2) this.#isTaken = false;
    if (this.#isTaken || this.#failure !== undefined || this.#mistake !== undefined) return KEEP;
    this.#isTaken = this.#pick({ count: 2, ways: [], step: this.#steps }) === 1;
    this.#trace?.coin(among, this.#isTaken);
    return this.#isTaken ? TAKE : KEEP;
  }

  #defer(resume: () => void, { wakes, starts, result }: Deferred): void {
    if (starts !== undefined) {
      const routine: Routine = { id: this.#routines++, name: starts.name };
      this.#trace?.starts(routine);
      this.#pending.add({ kind: "start", routine, resume });
      return;
    }
    if (wakes !== undefined) {
      const routine = this.#owners.get(wakes) ?? this.#current;
      this.#owners.delete(wakes);
      this.#pending.add({ kind: "woken", routine, result, resume });
      return;
    }
    this.#trace?.stops(result);
    this.#pending.add({ kind: "operation", routine: this.#current, result, resume });
  }

  #setTimer(fire: () => void, ms: number): () => void {
    this.#trace?.stops(undefined);
    return this.#pending.setTimer(this.#current, fire, ms);
  }

  /** Nothing can happen any more. */
  async #judge(): Promise<void> {
    if (this.#failure !== undefined) return;
    if (!this.#isMainOver) {
      this.fail("deadlock", new DeadlockError(await this.#blocked()));
      return;
    }
    if (this.#options.leftovers === "end") return;
    const blocked = this.#registry.blocked().length;
    if (blocked === 0 && this.#registry.live === 0) return;
    const summary = "deadlock: main bubble goroutine has exited but blocked goroutines remain";
    this.fail("left behind", new DeadlockError(await this.#blocked(), summary));
  }

  /** The lines of the report cost time, and only the last run of a counterexample shows them. */
  #blocked(): ReturnType<typeof blockedRoutines> {
    return this.#trace === undefined ? Promise.resolve([]) : blockedRoutines(this.#registry);
  }
}
