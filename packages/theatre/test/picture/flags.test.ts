import fc from "fast-check";
import { expect, test } from "vitest";
import { standing, type Wanted } from "../../src/picture/flags.ts";

const LANES = 2;
const WIDE = 330;

/** As many as have room, from left to right. */
const flagsThatFit = fc
  .array(fc.record({ x: fc.integer({ min: 0, max: WIDE }), half: fc.integer({ min: 12, max: 24 }) }), {
    maxLength: 8,
  })
  .map((flags): Wanted[] => flags.toSorted((a, b) => a.x - b.x));

function overlaps(flags: readonly Wanted[]): number {
  const placed = standing(flags, LANES, 0, WIDE).map((at, nth) => ({ ...at, half: flags[nth]?.half ?? 0 }));
  return placed.filter((one, nth) =>
    placed
      .slice(0, nth)
      .some((other) => other.lane === one.lane && Math.abs(other.x - one.x) < other.half + one.half),
  ).length;
}

test("flags never cover each other, and stay in the picture", () => {
  fc.assert(
    fc.property(flagsThatFit, (flags) => {
      expect(overlaps(flags)).toBe(0);
      standing(flags, LANES, 0, WIDE).forEach(({ x, lane }, nth) => {
        const { half = 0 } = flags[nth] ?? {};
        expect(x - half).toBeGreaterThanOrEqual(0);
        expect(x + half).toBeLessThanOrEqual(WIDE);
        expect(lane).toBeLessThan(LANES);
      });
    }),
    { seed: 13, numRuns: 1000 },
  );
});

test("a flag alone stands at its place; two at one place stand one over the other", () => {
  expect(standing([{ x: 100, half: 15 }], LANES, 0, WIDE)).toEqual([{ x: 100, lane: 0 }]);
  const two = [
    { x: 100, half: 15 },
    { x: 100, half: 15 },
  ];
  expect(standing(two, LANES, 0, WIDE)).toEqual([
    { x: 100, lane: 0 },
    { x: 100, lane: 1 },
  ]);
});

test("of more flags than have room each one is seen in part", () => {
  const flags = Array.from({ length: 60 }, () => ({ x: 100, half: 15 }));
  const places = standing(flags, LANES, 0, WIDE);
  expect(new Set(places.map(({ x, lane }) => `${lane} ${x}`)).size).toBe(60);
  expect(Math.min(...places.map(({ x }) => x))).toBeGreaterThanOrEqual(15);
  expect(Math.max(...places.map(({ x }) => x))).toBeLessThanOrEqual(WIDE - 15);
});
