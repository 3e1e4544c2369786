/** Who chooses: every order one after another, chance, PCT, or the choices of a counterexample. */

import { type ChoicePoint, type Routine, textOf } from "./choices.ts";
import type { End } from "./order.ts";
import { seeded } from "./seeded.ts";

export interface Strategy {
  /** Called once before each order. */
  begin(): void;
  choose(point: ChoicePoint): number;
  /** Called after each order. False when there is no other one. */
  hasNext(end: End): boolean;
}

const DIVERGED =
  "the program is not the same in each run: it must begin anew each time, and depend on nothing but chan " +
  // The commonest reason comes first.
  "(no Math.random, no Date.now, no timers or sockets of the host, no state that outlives a run)";

export class DivergedError extends Error {
  override name = "DivergedError";
  constructor(where: string, cause?: unknown) {
    super(`explore: ${where}: ${DIVERGED}`, { cause });
  }
}

interface Place {
  readonly count: number;
  readonly text: string;
  taken: number;
}

/** Every order once, depth first: each differs from the one before it at the last choice point that has an untried way. */
export class DepthFirst implements Strategy {
  readonly #path: Place[] = [];
  #depth = 0;

  /** The ways at each choice point of the order that was played last. */
  get text(): string {
    return this.#path.map(({ text }) => text).join("\n");
  }

  begin(): void {
    this.#depth = 0;
  }

  choose(point: ChoicePoint): number {
    const place = this.#path[this.#depth];
    const text = textOf(point);
    this.#depth++;
    if (place === undefined) {
      this.#path.push({ count: point.count, text, taken: 0 });
      return 0;
    }
    if (place.text !== text)
      throw new DivergedError(`after ${point.step} steps other routines can go on now`);
    return place.taken;
  }

  hasNext({ steps }: End): boolean {
    if (this.#depth < this.#path.length)
      throw new DivergedError(`this time it ended after ${steps} steps, and had choices left`);
    for (let place = this.#path.at(-1); place !== undefined; place = this.#path.at(-1)) {
      place.taken++;
      if (place.taken < place.count) return true;
      this.#path.pop();
    }
    return false;
  }
}

abstract class Chance implements Strategy {
  protected readonly draw: () => number;

  constructor(seed: number) {
    this.draw = seeded(seed);
  }
  begin(): void {}
  choose({ count }: ChoicePoint): number {
    return this.below(count);
  }
  hasNext(_: End): boolean {
    return true;
  }
  protected below(count: number): number {
    return Math.floor(this.draw() * count);
  }
}

/** Each way has the same chance at each choice point. */
export class RandomWalk extends Chance {}

/**
 * Probabilistic concurrency testing (Burckhardt and others, 2010): each routine has a priority by chance and the highest one runs;
 * at depth - 1 steps, picked by chance, the one that runs gets the lowest. Of n routines and k steps, a bug that needs `depth`
 * events in the right order is found with a probability of at least 1 / (n * k^(depth - 1)) in each order.
 */
export class Pct extends Chance {
  readonly #depth: number;
  /** Of the longest order so far. */
  #stepsMax: number;
  readonly #priorities = new Map<number, number>();
  #changes: number[] = [];
  #lowest = 0;

  constructor(seed: number, depth: number, stepsMax: number) {
    super(seed);
    this.#depth = depth;
    this.#stepsMax = stepsMax;
  }

  override begin(): void {
    this.#priorities.clear();
    this.#lowest = 0;
    this.#changes = Array.from({ length: this.#depth - 1 }, () => this.below(this.#stepsMax));
  }

  override choose(point: ChoicePoint): number {
    const { ways, step, count } = point;
    if (ways.length === 0) return this.below(count);
    let best = this.#highest(ways.map(({ routine }) => routine));
    const before = this.#changes.length;
    this.#changes = this.#changes.filter((at) => at > step);
    if (this.#changes.length < before) {
      this.#lowest--;
      this.#priorities.set(best, this.#lowest);
      best = this.#highest(ways.map(({ routine }) => routine));
    }
    // A routine may have several operations under way.
    const mine = ways.flatMap(({ routine }, way) => (routine.id === best ? [way] : []));
    return mine[this.below(mine.length)] as number;
  }

  override hasNext({ steps }: End): boolean {
    this.#stepsMax = Math.max(this.#stepsMax, steps);
    return true;
  }

  #highest(routines: readonly Routine[]): number {
    let best = -1;
    for (const { id } of routines) if (best < 0 || this.#priority(id) > this.#priority(best)) best = id;
    return best;
  }

  #priority(id: number): number {
    const known = this.#priorities.get(id);
    if (known !== undefined) return known;
    const drawn = this.draw();
    this.#priorities.set(id, drawn);
    return drawn;
  }
}

/** The choices of a counterexample. Where they end, the first way is taken each time. */
export class Replay implements Strategy {
  readonly #choices: readonly number[];
  readonly #isStrict: boolean;
  #depth = 0;

  /** Unless it is strict, choices that do not fit are taken for 0. */
  constructor(choices: readonly number[], isStrict: boolean) {
    this.#choices = choices;
    this.#isStrict = isStrict;
  }

  begin(): void {
    this.#depth = 0;
  }

  choose({ count, step }: ChoicePoint): number {
    const choice = this.#choices[this.#depth] ?? 0;
    this.#depth++;
    if (choice < count) return choice;
    if (this.#isStrict)
      throw new DivergedError(`replay wants way ${choice + 1} of ${count} after ${step} steps`);
    return 0;
  }

  hasNext(end: End): boolean {
    if (this.#isStrict && this.#depth < this.#choices.length)
      throw new DivergedError(
        `replay has ${this.#choices.length} choices, and only ${this.#depth} were asked`,
      );
    void end;
    return false;
  }
}
