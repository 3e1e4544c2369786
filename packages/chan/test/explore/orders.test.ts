/** How many orders there are: by hand, by plain data, and by `explore`. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COUNTED } from "../../bench/explore/counted.ts";
import { type Op, type Program, plainOrders } from "../../bench/explore/plain-orders.ts";
import { realProgram } from "../../bench/explore/real-program.ts";
import { ExploreError, explore } from "../../src/testing/index.ts";

describe.each(COUNTED)("$name", ({ orders, why, program: abstract }) => {
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
  // A second of work, and a minute for a machine that does much else.
}, 60_000);
