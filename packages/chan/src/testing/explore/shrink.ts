/**
 * Makes a counterexample small: first as few preemptions as possible, then as few steps.
 *
 * First all orders without a preemption are tried, then all with one, and so on: the first that breaks in the same way has
 * the fewest, and that is known when no search was cut. Then single choices are put back to "go on".
 */

import { nameOf } from "./failure.ts";
import type { End } from "./order.ts";
import { DepthFirst, Replay, type Strategy } from "./strategies.ts";

/** Plays one order. */
export type Play = (strategy: Strategy, preemptionsMax: number) => Promise<End>;

export interface Small {
  readonly end: End;
  /** No order with fewer preemptions breaks in the same way: all were tried. */
  readonly isFewest: boolean;
  /** How many orders it took. */
  readonly orders: number;
}

/** An order without an end is long, and thousands of them would take minutes. */
const STEPS_MAX = 100_000;

export async function shrink(found: End, play: Play, ordersMax: number): Promise<Small> {
  const name = found.failure && nameOf(found.failure);
  const breaks = (end: End): boolean => end.failure !== undefined && nameOf(end.failure) === name;
  let best = found;
  let orders = 0;
  let steps = 0;
  const isLeft = (share: number): boolean => orders < share * ordersMax && steps < share * STEPS_MAX;
  let isFewest = true;
  for (let bound = 0; bound <= best.preemptions && isFewest; bound++) {
    const walk = new DepthFirst();
    let isMore = true;
    while (isMore && isLeft(1)) {
      const end = await play(walk, bound);
      isMore = walk.hasNext(end);
      orders++;
      steps += end.steps;
      if (breaks(end) && isSmaller(end, best)) best = end;
    }
    // What is found at this bound has the fewest preemptions, also when the search for fewer steps was cut.
    if (isMore && best.preemptions > bound) isFewest = false;
    if (isMore) break;
  }
  for (let at = best.choices.length - 1; at >= 0 && isLeft(2); at--) {
    if (at >= best.choices.length || best.choices[at] === 0) continue;
    for (const choices of [best.choices.slice(0, at), best.choices.with(at, 0)]) {
      const end = await play(new Replay(choices, false), Number.POSITIVE_INFINITY);
      orders++;
      steps += end.steps;
      if (!breaks(end) || !isSmaller(end, best)) continue;
      best = end;
      at = best.choices.length;
      break;
    }
  }
  return { end: best, isFewest, orders };
}

function isSmaller(one: End, other: End): boolean {
  const [a, b] = [sizes(one), sizes(other)];
  const at = a.findIndex((size, i) => size !== b[i]);
  return at >= 0 && (a[at] as number) < (b[at] as number);
}

/** Preemptions, then steps, then how often another way than the first one is taken. */
function sizes({ preemptions, steps, choices }: End): readonly number[] {
  return [preemptions, steps, choices.filter((choice) => choice > 0).length];
}
