/**
 * The president orders twenty shirts, changes his mind four times, and checks what he gets.
 *
 * A shirt is old when it was ordered *after* a newer state had been published, and yet was dyed in an earlier one.
 * Published means that the table has committed it and the broker has confirmed it. So the tailor could have known it
 * before he took the job.
 */
import { tick } from "@shirts/chan";
import type { Colour } from "@shirts/story";
import type { Result, State } from "./tailor.ts";

export const ORDERS = 20;
export const FIRST_STATE: State = { shirt: "purple", revision: 1 };
/** The president changes his mind before these orders. */
const changes: Readonly<Record<number, Colour>> = { 4: "blue", 8: "green", 13: "orange", 17: "purple" };

export interface Desk {
  /** Publishes a new state. Resolves when it is published. */
  publish(state: State): Promise<void>;
  /** Puts one job into the queue. The job does not carry `wanted`: it is for the check afterwards. */
  order(number: number, wanted: State): Promise<void>;
  /** Milliseconds from one order to the next. */
  readonly orderMs: number;
}

export async function orderTwenty({ publish, order, orderMs }: Desk): Promise<void> {
  let state = FIRST_STATE;
  const rhythm = tick(orderMs);
  for (let number = 1; number <= ORDERS; number++) {
    const shirt = changes[number];
    if (shirt !== undefined) {
      state = { shirt, revision: state.revision + 1 };
      await publish(state);
    }
    await order(number, state);
    await rhythm.recv();
  }
  rhythm.stop();
}

// #region old
export function isOld(result: Result, wanted: State): boolean {
  return result.revision < wanted.revision;
}
// #endregion old
