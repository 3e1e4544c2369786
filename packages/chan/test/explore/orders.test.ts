/** How many orders there are: by hand, by plain data, and by `explore`. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExploreError, explore } from "../../src/testing/index.ts";
import { type Op, type Program, plainOrders } from "./plain-orders.ts";
import { realProgram } from "./real-program.ts";

const send = (chan: number): Op => ({ op: "send", chan });
const recv = (chan: number): Op => ({ op: "recv", chan });
const close = (chan: number): Op => ({ op: "close", chan });
const sleep = (ms: number): Op => ({ op: "sleep", ms });
const select = (...cases: Op[]): Op => ({ op: "select", cases: cases as { op: "send"; chan: number }[] });

function program(caps: number[], ...routines: Op[][]): Program {
  return { caps, routines };
}

/** Main starts the others and ends in its first step; then each routine has one step more than it has operations. */
const COUNTED: readonly [name: string, orders: number, why: string, program: Program][] = [
  ["one routine", 1, "nobody else", program([1], [send(0), recv(0)])],
  ["three routines that do nothing", 6, "3!", program([], [], [], [], [])],
  ["two routines, an operation each", 6, "4! / (2! 2!)", program([1, 1], [], [send(0)], [send(1)])],
  [
    "three routines, two operations each",
    1680,
    "9! / (3! 3! 3!)",
    program([2, 2, 2], [], [send(0), recv(0)], [send(1), recv(1)], [send(2), recv(2)]),
  ],
  // The first one blocks, the other meets it; then both go on, in 2 orders.
  ["a sender and a receiver", 4, "2 begin * 2 go on", program([0], [], [send(0)], [recv(0)])],
  // Main blocks; the other closes and ends in one step; main goes on.
  ["main waits for a close", 1, "no choice", program([0], [recv(0)], [close(0)])],
  [
    "a close and two receivers",
    16,
    "both wait for the close: 4; one does: 6; none does: 6",
    program([0], [], [close(0)], [recv(0)], [recv(0)]),
  ],
  [
    "a select with three ready cases",
    3,
    "3",
    program([1, 1, 1], [send(0), send(1), send(2), select(recv(0), recv(1), recv(2))]),
  ],
  [
    "two selects with two ready cases",
    4,
    "2 * 2",
    program([2, 2], [send(0), send(1), send(0), send(1), select(recv(0), recv(1)), select(recv(0), recv(1))]),
  ],
  [
    "three timers of the same time",
    36,
    "3! begin * 3! fire",
    program([], [], [sleep(5)], [sleep(5)], [sleep(5)]),
  ],
  [
    "three timers of different times",
    6,
    "3! begin, and time has one order",
    program([], [], [sleep(1)], [sleep(2)], [sleep(3)]),
  ],
  [
    "a timer of no time beside a routine that works",
    6,
    "4! / (2! 2!)",
    program([1], [], [sleep(0)], [send(0)]),
  ],
  [
    "two routines that sleep twice",
    2 * 2 * 2,
    "2 begin, and 2 at each of two beats",
    program([], [], [sleep(1), sleep(1)], [sleep(1), sleep(1)]),
  ],
];

describe.each(COUNTED)("%s", (_, orders, why, abstract) => {
  test(`has ${orders} orders (${why}), by plain data and by explore`, async () => {
    expect(plainOrders(abstract)).toEqual({ orders, broken: 0, kinds: [] });
    expect(await explore(realProgram(abstract))).toMatchObject({ orders, isAll: true, stopped: undefined });
  });
});

const chanNumber = fc.nat(1);
const caseOf = fc.record({ op: fc.constantFrom("send" as const, "recv" as const), chan: chanNumber });
const anyOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 6, arbitrary: caseOf },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("close" as const), chan: chanNumber }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("sleep" as const), ms: fc.nat(1) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant("select" as const),
      cases: fc
        .tuple(
          fc.constantFrom("send" as const, "recv" as const),
          fc.constantFrom("send" as const, "recv" as const),
        )
        .map(([first, second]) => [
          { op: first, chan: 0 },
          { op: second, chan: 1 },
        ]),
    }),
  },
);
const anyProgram: fc.Arbitrary<Program> = fc.record({
  caps: fc.tuple(fc.nat(2), fc.nat(1)),
  routines: fc.array(fc.array(anyOp, { maxLength: 3 }), { minLength: 2, maxLength: 4 }),
});

test("any small program has as many orders as plain data counts, or breaks in a way that plain data knows", async () => {
  const seen = { whole: 0, broken: 0 };
  await fc.assert(
    fc.asyncProperty(anyProgram, async (abstract) => {
      const plain = plainOrders(abstract);
      fc.pre(plain.orders <= 3000);
      const found = await explore(realProgram(abstract)).catch((error: unknown) => error);
      if (plain.broken === 0) {
        seen.whole++;
        expect(found).toMatchObject({ orders: plain.orders, isAll: true });
        return;
      }
      seen.broken++;
      expect(found).toBeInstanceOf(ExploreError);
      expect(plain.kinds).toContain((found as ExploreError).kind);
    }),
    { numRuns: 300, seed: 16 },
  );
  expect(seen.whole).toBeGreaterThan(20);
  expect(seen.broken).toBeGreaterThan(20);
});
