/** Small programs whose orders were counted by hand. */

import type { Op, Program } from "./plain-orders.ts";

export interface Counted {
  readonly name: string;
  readonly orders: number;
  /** How the number comes about. */
  readonly why: string;
  readonly program: Program;
}

const send = (chan: number): Op => ({ op: "send", chan });
const recv = (chan: number): Op => ({ op: "recv", chan });
const close = (chan: number): Op => ({ op: "close", chan });
const sleep = (ms: number): Op => ({ op: "sleep", ms });
const select = (...cases: Op[]): Op => ({ op: "select", cases: cases as { op: "send"; chan: number }[] });

function program(caps: number[], ...routines: Op[][]): Program {
  return { caps, routines };
}

/** Main starts the others and ends in its first step; then each routine has one step more than it has operations. */
export const COUNTED: readonly Counted[] = [
  { name: "one routine", orders: 1, why: "nobody else", program: program([1], [send(0), recv(0)]) },
  { name: "three routines that do nothing", orders: 6, why: "3!", program: program([], [], [], [], []) },
  {
    name: "two routines, an operation each",
    orders: 6,
    why: "4! / (2! 2!)",
    program: program([1, 1], [], [send(0)], [send(1)]),
  },
  {
    name: "three routines, two operations each",
    orders: 1680,
    why: "9! / (3! 3! 3!)",
    program: program([2, 2, 2], [], [send(0), recv(0)], [send(1), recv(1)], [send(2), recv(2)]),
  },
  // The first one blocks, the other meets it; then both go on, in 2 orders.
  {
    name: "a sender and a receiver",
    orders: 4,
    why: "2 begin * 2 go on",
    program: program([0], [], [send(0)], [recv(0)]),
  },
  // Main blocks; the other closes and ends in one step; main goes on.
  {
    name: "main waits for a close",
    orders: 1,
    why: "no choice",
    program: program([0], [recv(0)], [close(0)]),
  },
  {
    name: "a close and two receivers",
    orders: 16,
    why: "both wait for the close: 4; one does: 6; none does: 6",
    program: program([0], [], [close(0)], [recv(0)], [recv(0)]),
  },
  {
    name: "a select with three ready cases",
    orders: 3,
    why: "3",
    program: program([1, 1, 1], [send(0), send(1), send(2), select(recv(0), recv(1), recv(2))]),
  },
  {
    name: "two selects with two ready cases",
    orders: 4,
    why: "2 * 2",
    program: program(
      [2, 2],
      [send(0), send(1), send(0), send(1), select(recv(0), recv(1)), select(recv(0), recv(1))],
    ),
  },
  {
    name: "three timers of the same time",
    orders: 36,
    why: "3! begin * 3! fire",
    program: program([], [], [sleep(5)], [sleep(5)], [sleep(5)]),
  },
  {
    name: "three timers of different times",
    orders: 6,
    why: "3! begin, and time has one order",
    program: program([], [], [sleep(1)], [sleep(2)], [sleep(3)]),
  },
  {
    name: "a timer of no time beside a routine that works",
    orders: 6,
    why: "4! / (2! 2!)",
    program: program([1], [], [sleep(0)], [send(0)]),
  },
  {
    name: "two routines that sleep twice",
    orders: 2 * 2 * 2,
    why: "2 begin, and 2 at each of two beats",
    program: program([], [], [sleep(1), sleep(1)], [sleep(1), sleep(1)]),
  },
];
