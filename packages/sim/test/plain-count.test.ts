/** The simulator's counts, counted a second time by a state machine that runs no worker. */
import { expect, test } from "vitest";
import { burst } from "../src/cli/count.ts";
import { readKeptCounts } from "../src/cli/count-table.ts";
import { explore } from "../src/explore.ts";
import { plainCount, RULES, type Rules, type Size } from "../src/plain-count.ts";
import { stageOf, stages } from "../src/stages.ts";

const names = stages.map(({ name }) => name);
const rulesOf = (name: string): Rules => RULES[name] as Rules;
const late = "no step after a newer command was accepted";

async function withWorkers(name: string, { nodes, people, commands }: Size, loses: boolean) {
  const fault = loses ? "lost-cancel" : undefined;
  const options = { stage: stageOf(name), nodes, steps: people, commands: burst(commands), fault } as const;
  const { ways, wrong, broken } = await explore(options);
  return { orders: ways, wrong, late: broken[late] ?? 0 };
}

const small: readonly Size[] = [
  { nodes: 1, people: 2, commands: 2 },
  { nodes: 2, people: 1, commands: 2 },
];
/** `SIM_COUNT_ALL=1 npx vitest run --project @shirts/sim plain-count`: minutes. */
const isLarge = process.env.SIM_COUNT_ALL === "1";
const large: readonly Size[] = [
  { nodes: 2, people: 2, commands: 2 },
  { nodes: 3, people: 1, commands: 2 },
];

/** As in `npm test`: two nodes are then for the test with a third command alone. */
const isShort = process.env.SHORT_TESTS === "1";

test.each(names)(
  "%s: the workers and the plain state machine come to the same counts",
  async (name) => {
    const sizes = isLarge ? [...small, ...large] : isShort ? small.slice(0, 1) : small;
    for (const size of sizes)
      for (const loses of [false, true])
        expect(await withWorkers(name, size, loses)).toEqual(plainCount(rulesOf(name), size, loses));
  },
  600_000,
);

test.each(["v1", "v2", "fence"])(
  "%s: also with a third command, for which a node is not free",
  async (name) => {
    const size = { nodes: 2, people: 1, commands: 3 };
    expect(await withWorkers(name, size, false)).toEqual(plainCount(rulesOf(name), size));
  },
);

test.each(names)(
  "%s: the kept counts of two nodes, two people and two commands are the plain ones",
  (name) => {
    const size = { nodes: 2, people: 2, commands: 2 };
    for (const column of ["none", "lost-cancel"]) {
      const { ways, broken } = readKeptCounts()[name]?.[column] ?? { ways: 0, broken: {} };
      const kept = { orders: ways, wrong: broken["last command wins"] ?? 0, late: broken[late] ?? 0 };
      expect(kept).toEqual(plainCount(rulesOf(name), size, column === "lost-cancel"));
    }
  },
);

test("planted: a rule that is left out changes the count", () => {
  const size = { nodes: 2, people: 1, commands: 2 };
  const { announces: _, ...deaf } = rulesOf("v4");
  expect(plainCount(deaf, size)).not.toEqual(plainCount(rulesOf("v4"), size));
  expect(plainCount({ ...rulesOf("v3"), ages: true }, size)).not.toEqual(plainCount(rulesOf("v3"), size));
});
