import { expect, test, vi } from "vitest";
import type { Shape } from "../src/generate.ts";

const trouble: Shape = {
  nodes: [2, 3],
  commands: [2, 3],
  steps: [1, 8],
  faults: [1, 2],
  kinds: ["crash", "pause", "disconnect"],
};

async function traces(): Promise<string> {
  vi.resetModules();
  const { runSeed, stages } = await import("../src/index.ts");
  let text = "";
  for (const stage of stages)
    for (let seed = 1; seed <= 5; seed++)
      text += JSON.stringify((await runSeed(stage, trouble, seed)).outcome.trace);
  return text;
}

test("turns by message, as a browser has them, give the same traces", async () => {
  const inNode = await traces();
  const { breathe, turnByMessage } = await import("../src/turn.ts");
  let turns = 0;
  const turn = () => {
    turns++;
    return turnByMessage();
  };
  vi.doMock("../src/turn.ts", () => ({ turn, breathe, turnByMessage }));
  expect(await traces()).toBe(inNode);
  expect(turns).toBeGreaterThan(500);
});
