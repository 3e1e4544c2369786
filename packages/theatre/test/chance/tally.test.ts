import { describe, expect, test } from "vitest";
import { type Cell, emptyCell, noted, type Share, shareOf } from "../../src/modes/chance/tally.ts";

/** How often the interval of n stories holds the true share, over all outcomes by their exact probability. */
function coverage(interval: (cell: Cell) => Share | undefined, share: number, stories: number): number {
  let held = 0;
  let probability = (1 - share) ** stories;
  for (let wrong = 0; wrong <= stories; wrong++) {
    const { from, to } = interval({ stories, wrong }) ?? { from: 1, to: 0 };
    if (from <= share && share <= to) held += probability;
    probability *= ((stories - wrong) / (wrong + 1)) * (share / (1 - share));
  }
  return held;
}

/** What one writes first: share ± 1.96 standard errors. */
const plain = ({ stories, wrong }: Cell): Share => {
  const share = wrong / stories;
  const reach = 1.96 * Math.sqrt((share * (1 - share)) / stories);
  return { share, from: share - reach, to: share + reach };
};

const cases = [0.01, 0.03, 0.1, 0.3, 0.5, 0.7].flatMap((share) =>
  [20, 100, 500].map((stories) => [share, stories] as const),
);
/** On the average of many shares it is 95 of 100; at single ones it may be a little below. */
const LEAST = 0.9;

describe("the interval", () => {
  test.each(cases)(
    "holds a true share of %d in %d stories nine times out of ten, or more often",
    (share, stories) => {
      expect(coverage(shareOf, share, stories)).toBeGreaterThan(LEAST);
    },
  );

  test("planted: the plain interval does not, and at 0 wrong stories it is sure of 0", () => {
    expect(coverage(plain, 0.03, 20)).toBeLessThan(0.5);
    expect(plain({ stories: 300, wrong: 0 })).toMatchObject({ from: 0, to: 0 });
  });

  test("holds its share, stays within 0 and 1, and is not sure after no wrong story", () => {
    for (const stories of [1, 2, 10, 1000])
      for (const wrong of [0, 1, stories - 1, stories]) {
        const { share, from, to } = shareOf({ stories, wrong }) as Share;
        expect([0, from, share, to, 1]).toEqual([0, from, share, to, 1].sort((a, b) => a - b));
      }
    expect(shareOf({ stories: 300, wrong: 0 })?.to).toBeGreaterThan(0.01);
    expect(shareOf(emptyCell)).toBeUndefined();
  });
});

test("a cell keeps the first seed that ended wrong and the first that ended right", () => {
  const cell = [false, false, true, true, false].reduce(noted, emptyCell);
  expect(cell).toEqual({ stories: 5, wrong: 2, wrongSeed: 3, rightSeed: 1 });
});
