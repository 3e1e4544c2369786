import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { digest } from "../src/cli/digest.ts";
import { runSeed, shrink } from "../src/find.ts";
import { SHAPE, type Shape } from "../src/generate.ts";
import { ImpossibleStoryError, type Story } from "../src/plan.ts";
import { drawTrace } from "../src/print/draw.ts";
import { whatWentWrong } from "../src/print/sentence.ts";
import { runStory } from "../src/run.ts";
import { stageOf, stages } from "../src/stages.ts";

const trouble: Shape = { ...SHAPE, nodes: [2, 3], faults: [2, 2], kinds: ["crash", "pause", "disconnect"] };
const story: Story = {
  steps: 10,
  nodes: [{ paceMs: 10 }, { paceMs: 7 }],
  commands: [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 30, area: "north-america", shirt: "blue" },
  ],
  faults: [],
  latencyMs: 5,
};

test.each(stages)("$name: one seed gives one trace, byte for byte", async (stage) => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const [once, twice] = [await runSeed(stage, trouble, seed), await runSeed(stage, trouble, seed)];
    expect(JSON.stringify(once.outcome.trace)).toBe(JSON.stringify(twice.outcome.trace));
  }
});

test("stories that are asked for at the same time do not disturb each other", async () => {
  const alone = await runStory(stageOf("v2"), story, 1);
  const together = await Promise.all([1, 2, 1].map((seed) => runStory(stageOf("v2"), story, seed)));
  expect(together[0]?.trace).toEqual(alone.trace);
  expect(together[2]?.trace).toEqual(alone.trace);
});

test("another seed gives another trace", async () => {
  const traces = new Set<string>();
  for (let seed = 0; seed < 20; seed++)
    traces.add(JSON.stringify((await runStory(stageOf("v1"), story, seed)).trace));
  expect(traces.size).toBeGreaterThan(10);
});

const otherNode = process.env.OTHER_NODE;
test.skipIf(!otherNode)("the node of OTHER_NODE gives the same traces as this one", async () => {
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const [command = "", ...args] = (otherNode ?? "").split(" ");
  const theirs = execFileSync(command, [...args, "--import", "tsx", main, "--digest"], { encoding: "utf8" });
  expect(theirs).toBe(await digest());
});

test.each([
  ["v1", "last command wins", /painted person 1 in PURPLE, over the BLUE of n2/],
  ["v2", "last command wins", /n2 stopped BLUE at \d+ ms because it heard n1's cancel/],
  ["v3", "last command wins", /n2 stopped BLUE at \d+ ms because it heard n1's cancel/],
] as const)("%s: a wrong story shrinks to one step of two nodes", async (name, law, sentence) => {
  const stage = stageOf(name);
  const shrunk = await shrink(stage, SHAPE, { law, seed: name === "v1" ? 5 : 9 });
  expect(shrunk.story).toMatchObject({ steps: 1, nodes: [{ paceMs: 4 }, { paceMs: 4 }], faults: [] });
  expect(shrunk.story.commands).toHaveLength(2);
  expect(whatWentWrong(shrunk.outcome.trace)).toMatch(sentence);
  expect(drawTrace(shrunk.outcome.trace)).toContain("takes PURPLE 1");
});

test("a run that hits a bound says so, and breaks a law", async () => {
  const bounds = { events: 20, virtualMs: 1_000_000, spins: 2 };
  const { bound, broken } = await runStory(stageOf("fence"), story, 1, bounds);
  expect(bound).toBe("cut after 20 events");
  expect(broken).toHaveProperty("no routine left running");
  const late = await runStory(stageOf("fence"), story, 1, { ...bounds, events: 9999, virtualMs: 50 });
  expect(late.bound).toBe("cut after 50 virtual ms");
});

test.each([
  [{ nodes: [] }, "a story needs a node"],
  [{ steps: 0 }, "steps must be a whole number from 1 to 1000, not 0"],
  [
    { faults: [{ kind: "crash", node: 2, atMs: 0, forMs: 1 }] },
    'the fault "crash" names node n3, and there are 2',
  ],
  [
    { faults: [{ kind: "duplicate", command: 1, atMs: 3 }] },
    "command 2 is published again at 3 ms, before it is commanded",
  ],
  [{ commands: [...story.commands].reverse() }, "the command purple at 0 ms comes after one at 30 ms"],
] as const)("an impossible story is refused in one line (%#)", async (change, line) => {
  await expect(runStory(stageOf("v1"), { ...story, ...change } as Story, 1)).rejects.toThrow(
    new ImpossibleStoryError(line),
  );
});

test("the core knows no Node, no clock and no chance of its own, so it runs in a browser", () => {
  const folder = new URL("../src/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.startsWith("cli") && file !== "main.ts",
  );
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    const text = readFileSync(new URL(file, folder), "utf8");
    expect(text, file).not.toMatch(/from "node:|Math\.random|\bDate\b|performance\.|setTimeout|setInterval/);
    if (!file.startsWith("print")) expect(text, file).not.toMatch(/chalk|from "\.\/(cli|print\/draw)/);
  }
});
