/**
 * Runs a program in every order, or in many, and hands back the smallest one that breaks it.
 *
 * What is explored: which routine goes on, each time that an operation of chan is over (`send`, `recv`, a step of `for await`,
 * `select`, `wait`), that a routine starts or is woken, and that a timer is due; and which case a select takes when several are
 * ready. Time is fake, as in a bubble.
 *
 * What is not: the code between two such operations runs in one piece, with all its awaits of other promises, since JavaScript
 * lets nobody stop it there. An await that stands for the world (a database, a request) is given a `sleep(0)` in the test's fake:
 * that is a timer that is due, so others may go first. No two orders are taken for equal: routines share variables that chan
 * cannot see, so nothing about two steps says that they may be exchanged.
 */

import { checkFunction } from "../../go.ts";
import { BoundError } from "../bound-error.ts";
import { writeChoices } from "./choices.ts";
import { ExploreError } from "./explore-error.ts";
import { nameOf } from "./failure.ts";
import { type Settings, settingsOf } from "./options.ts";
import { type End, Order } from "./order.ts";
import { shrink } from "./shrink.ts";
import { DepthFirst, DivergedError, Pct, RandomWalk, Replay, type Strategy } from "./strategies.ts";
import { Trace } from "./trace.ts";
import { takeUnhandled } from "./unhandled.ts";

/** The bounds of an exploration. What a given bound cuts off is said in the result. Go: none. */
export interface ExploreLimits {
  /** How many orders "all" may take. Unless given, more than 20,000 are an error. */
  readonly orders?: number;
  /** An order with more steps than this has no end, which is a failure. 1000 unless given. */
  readonly steps?: number;
  /** An order is given up after this many steps, which is no failure. Without it, none is. */
  readonly cutAt?: number;
  /** How often an order may make a routine wait that could go on. Without it, as often as there are steps. */
  readonly preemptions?: number;
  /** How many orders may be tried to make a counterexample small. 2000 unless given. */
  readonly shrink?: number;
}

/**
 * The options of `explore`. Go: none.
 *
 * @example
 * ```ts
 * const options: ExploreOptions = { orders: 50, seed: 7, strategy: "pct", depth: 2 };
 * const { orders, stopped } = await explore(() => sleep(1), options);
 * [orders, stopped]; // => [50, "after 50 orders: pct, depth 2, seed 7"]
 * ```
 */
export interface ExploreOptions {
  /** "all", which is the default, or how many by chance. */
  readonly orders?: "all" | number;
  /** The seed of chance, a whole number. 1 unless given, so a test is the same each time. */
  readonly seed?: number;
  /** How chance chooses: each way alike, or by priorities that change `depth` - 1 times. "random" unless given. */
  readonly strategy?: "random" | "pct";
  /** How many events must come in the right order for the bugs that "pct" looks for. 3 unless given. */
  readonly depth?: number;
  /** Plays only the order of a counterexample. */
  readonly replay?: string;
  /** Routines that are not over when everything that can happen after main's end has happened: an error, or nobody's business. */
  readonly leftovers?: "error" | "end";
  /** The clock at the start, in milliseconds. Midnight UTC 2000-01-01 unless given. */
  readonly startMs?: number;
  /** The bounds. */
  readonly limits?: ExploreLimits;
  /** Told every 256 orders. */
  readonly onProgress?: (soFar: { readonly orders: number }) => void;
}

/** What an exploration that found nothing has done. Go: none. */
export interface Explored {
  /** How many orders were run. */
  readonly orders: number;
  /** How many of them differ from each other. */
  readonly distinct: number;
  /** No order is left out. */
  readonly isAll: boolean;
  /** Why it is not all, in words; undefined when it is. */
  readonly stopped: string | undefined;
  /** How many steps the longest order has. */
  readonly longest: number;
}

let isExploring = false;

/**
 * Runs `program` anew in each order of what may happen next, under fake time. Blocks until all orders have ended. Throws an
 * `ExploreError` when in one of them `program` throws, a routine panics, all are asleep, a routine is left behind, a rejection is
 * not handled, or there is no end. Throws a `TypeError` or `RangeError` for a wrong option, a `BoundError` when there are more
 * orders than `limits.orders`, an `Error` when the program is not the same in each run, or when another exploration runs. A
 * program that runs on without an operation of chan cannot be stopped. Go: none; Rust has Loom and Shuttle.
 *
 * @example
 * ```ts
 * const program = async () => {
 *   let total = 0;
 *   const group = new WaitGroup();
 *   const add = async (n: number) => {
 *     const before = total;
 *     await sleep(0); // as long as it takes to ask a database
 *     total = before + n;
 *   };
 *   for (const n of [1, 2]) group.go(() => add(n));
 *   await group.wait();
 *   if (total !== 3) throw new Error(`total is ${total}`);
 * };
 * await explore(program); // throws "total is 2"
 * ```
 */
export async function explore(program: () => unknown, options: ExploreOptions = {}): Promise<Explored> {
  checkFunction("explore", program);
  const settings = settingsOf(options);
  if (isExploring) throw new Error("explore: another exploration runs at this moment; await it first");
  isExploring = true;
  const exploration = new Exploration(program, settings);
  const restore = takeUnhandled((reason) => exploration.order?.fail("unhandled", reason));
  try {
    return await exploration.run(options.onProgress);
  } finally {
    restore();
    isExploring = false;
  }
}

const ORDERS_PER_TELL = 256;

class Exploration {
  /** The order that runs. */
  order: Order | undefined;
  readonly #program: () => unknown;
  readonly #settings: Settings;
  readonly #distinct = new Set<string>();
  #orders = 0;
  #longest = 0;
  #cuts = 0;
  #isBounded = false;

  constructor(program: () => unknown, settings: Settings) {
    this.#program = program;
    this.#settings = settings;
  }

  async run(onProgress: ExploreOptions["onProgress"]): Promise<Explored> {
    const { orders, limits, replay } = this.#settings;
    if (replay !== undefined) return this.#replay(replay);
    const first = new DepthFirst();
    let isMore = await this.#try(first, () => this.#checkSame(first));
    const strategy = orders === "all" ? first : this.#chance();
    const ordersMax = orders === "all" ? limits.orders : orders;
    for (isMore = isMore || orders !== "all"; isMore && this.#orders < ordersMax; ) {
      isMore = await this.#try(strategy);
      if (this.#orders % ORDERS_PER_TELL === 0) onProgress?.({ orders: this.#orders });
    }
    return this.#result(isMore);
  }

  #chance(): Strategy {
    const { strategy, seed, depth } = this.#settings;
    return strategy === "pct" ? new Pct(seed, depth, this.#longest) : new RandomWalk(seed);
  }

  /** Plays the next order of a strategy. Returns whether there is another one; throws the counterexample when it breaks. */
  async #try(strategy: Strategy, whenRight?: () => Promise<void>): Promise<boolean> {
    const end = await this.#play(strategy);
    this.#orders++;
    this.#note(end);
    if (end.failure !== undefined) throw await this.#counterexample(end);
    await whenRight?.();
    return strategy.hasNext(end);
  }

  /** The first order is played twice: the same choices must find the same ways. */
  async #checkSame(first: DepthFirst): Promise<void> {
    const again = new DepthFirst();
    await this.#play(again);
    if (again.text !== first.text) throw new DivergedError("the same choices did not find the same ways");
  }

  #note(end: End): void {
    this.#longest = Math.max(this.#longest, end.steps);
    this.#isBounded ||= end.isBounded;
    if (end.isCut) this.#cuts++;
    if (this.#settings.orders !== "all") this.#distinct.add(writeChoices(end.choices));
  }

  #play(strategy: Strategy, preemptionsMax = this.#settings.limits.preemptions, trace?: Trace): Promise<End> {
    const { startMs, leftovers, limits } = this.#settings;
    strategy.begin();
    const bounds = { stepsMax: limits.steps, cutAt: limits.cutAt, preemptionsMax };
    const options = { main: this.#program, startMs, leftovers, ...bounds };
    this.order = new Order(options, (point) => strategy.choose(point), trace);
    return this.order.play();
  }

  async #counterexample(found: End): Promise<Error> {
    const play = (strategy: Strategy, bound: number) => this.#play(strategy, bound);
    const small = await shrink(found, play, this.#settings.limits.shrink);
    const trace = new Trace();
    const again = await this.#play(new Replay(small.end.choices, false), Number.POSITIVE_INFINITY, trace);
    if (
      again.failure === undefined ||
      found.failure === undefined ||
      nameOf(again.failure) !== nameOf(found.failure)
    )
      return new DivergedError("an order broke it once and not again", found.failure?.error);
    return new ExploreError(this.#orders, small, again.failure, trace);
  }

  async #replay(choices: readonly number[]): Promise<Explored> {
    const trace = new Trace();
    const strategy = new Replay(choices, true);
    const end = await this.#play(strategy, Number.POSITIVE_INFINITY, trace);
    strategy.hasNext(end);
    this.#orders++;
    this.#note(end);
    if (end.failure !== undefined)
      throw new ExploreError(1, { end, isFewest: false, orders: 0 }, end.failure, trace);
    return { ...this.#result(true), stopped: "after 1 order: replay" };
  }

  #result(isMore: boolean): Explored {
    const { orders, limits, given } = this.#settings;
    const reasons: string[] = [];
    if (orders !== "all") reasons.push(`after ${this.#orders} orders: ${this.#chanceInWords()}`);
    else if (isMore) reasons.push(`after ${this.#orders} orders: limits.orders`);
    if (this.#cuts > 0)
      reasons.push(`${this.#cuts} orders were given up after ${limits.cutAt} steps: limits.cutAt`);
    if (this.#isBounded) reasons.push(`at most ${limits.preemptions} preemptions: limits.preemptions`);
    if (orders === "all" && isMore && !given.has("orders") && this.#settings.replay === undefined)
      throw new BoundError(
        "orders",
        `explore: there are more than ${this.#orders} orders, and none of these breaks the program. Take a smaller program, a ` +
          "number of orders by chance (orders: 1000), fewer preemptions (limits.preemptions), or more orders (limits.orders)",
      );
    return {
      orders: this.#orders,
      distinct: orders === "all" ? this.#orders : this.#distinct.size,
      isAll: reasons.length === 0,
      stopped: reasons.length === 0 ? undefined : reasons.join("; "),
      longest: this.#longest,
    };
  }

  #chanceInWords(): string {
    const { strategy, depth, seed } = this.#settings;
    return `${strategy}${strategy === "pct" ? `, depth ${depth}` : ""}, seed ${seed}`;
  }
}
