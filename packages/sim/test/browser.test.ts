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

test("microtasks drained by message, as in a browser, give the same traces", async () => {
  const inNode = await traces();
  const { eventLoopTurn, drainByMessage } = await import("../src/microtasks.ts");
  let drains = 0;
  const drainMicrotasks = () => {
    drains++;
    return drainByMessage();
  };
  vi.doMock("../src/microtasks.ts", () => ({ drainMicrotasks, eventLoopTurn, drainByMessage }));
  expect(await traces()).toBe(inNode);
  expect(drains).toBeGreaterThan(500);
});
