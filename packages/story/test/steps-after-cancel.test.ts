import { expect, test } from "vitest";
import type { Command, EventBody, TraceEvent } from "../src/index.ts";
import { stepsAfterCancel } from "../src/index.ts";

const area = "north-america";
const purple: Command = { area, shirt: "purple", revision: 1 };
const blue: Command = { area, shirt: "blue", revision: 2 };
const at = (node: string, ...bodies: EventBody[]): TraceEvent[] =>
  bodies.map((body, i) => ({ ...body, node, at: i }));
const painted = (command: Command, step: number): EventBody => ({
  type: "painted",
  command,
  step,
  stale: false,
});
const heard = (consumerId: string, revision?: number): EventBody => ({
  type: "cancel received",
  cancel: { area, consumerId, ...(revision !== undefined && { revision }) },
});
const sent = (consumerId: string): EventBody => ({ type: "cancel sent", cancel: { area, consumerId } });
const steps = (trace: readonly TraceEvent[], rule: Parameters<typeof stepsAfterCancel>[1]) =>
  stepsAfterCancel(trace, rule).map(({ node, command, steps: count }) => [node, command.shirt, count]);

test("steps that follow another one's cancel are counted, refused ones too, and those before it are not", () => {
  const refused: EventBody = { type: "refused", command: purple, step: 2 };
  const trace = at("n1", sent("q1"), painted(purple, 0), heard("q2"), painted(purple, 1), refused);
  expect(steps(trace, "others")).toEqual([["n1", "purple", 2]]);
});

test("a worker's own cancel stops nobody, and a new job begins anew", () => {
  expect(steps(at("n1", sent("q1"), heard("q1"), painted(purple, 0)), "others")).toEqual([]);
  const again = at("n1", sent("q1"), heard("q2"), sent("q1"), painted(blue, 0));
  expect(steps(again, "others")).toEqual([]);
});

test("where the age counts, only an older command must stop, and in v4 no older one begins afterwards", () => {
  expect(steps(at("n1", heard("q2", 1), painted(purple, 0)), "newer")).toEqual([]);
  const older = at("n1", heard("q2", 2), painted(purple, 0), painted(blue, 0));
  expect(steps(older, "newer")).toEqual([["n1", "purple", 1]]);
  const begun = at("n1", heard("q2", 2), sent("q1"), painted(purple, 0));
  expect([steps(begun, "newer"), steps(begun, "newest")]).toEqual([[], [["n1", "purple", 1]]]);
});

test("each node and each routine is counted for itself, and a process that ends takes what it heard with it", () => {
  const [one, two] = [
    at("n1", heard("q3", 3), painted(purple, 0), painted(blue, 0)),
    at("n2", heard("q3", 3), painted(blue, 1)),
  ];
  expect(steps([...one, ...two], "newest")).toEqual([
    ["n1", "purple", 1],
    ["n1", "blue", 1],
    ["n2", "blue", 1],
  ]);
  const crashed: EventBody = { type: "crashed", reason: "killed" };
  expect(steps(at("n1", heard("q3", 3), crashed, { type: "ready" }, painted(blue, 0)), "newest")).toEqual([]);
});

test("a cancel of another world, or one that admission dropped, stops nobody", () => {
  const foreign: EventBody = { type: "cancel received", cancel: { area, consumerId: "q2", world: "w1" } };
  expect(steps(at("n1", foreign, painted({ ...purple, world: "w2" }, 0)), "others")).toEqual([]);
  const cancel = { area, consumerId: "q2", revision: 9 } as const;
  const dropped: EventBody = { type: "cancel dropped", cancel, reason: "never given" };
  expect(steps(at("n1", heard("q2", 9), dropped, painted(purple, 0)), "newest")).toEqual([]);
});
