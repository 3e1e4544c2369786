import { EVENTS_KEPT } from "@shirts/live/messages";
import { expect, onTestFinished, test, vi } from "vitest";
import type { ConnectionEvents } from "../../src/modes/live/connection.ts";
import { LiveModel } from "../../src/modes/live/model.ts";
import { actionsOf } from "../../src/modes/live/nodes.tsx";
import { traceText } from "../../src/modes/live/table-verdict.tsx";

const PLAY = { stage: "v3", steps: 4, people: { "north-america": 100 }, about: ["broker  embedded"] };

function opened() {
  let events: ConnectionEvents | undefined;
  const calls: string[] = [];
  const model = new LiveModel((given) => {
    events = given;
    return { act: async () => "no", again: () => calls.push("again"), close: () => calls.push("close") };
  });
  const say = (event: string, value: unknown) => ({ event, data: JSON.stringify(value), id: undefined });
  return {
    model,
    calls,
    hear: (...messages: [event: string, value: unknown][]) =>
      events?.onMessages(messages.map(([event, value]) => say(event, value))),
    raw: (event: string, data: string) => events?.onMessages([{ event, data, id: undefined }]),
  };
}

const ready = (node: string, at: number) => ({ type: "ready", node, at });

test("a play grows on the page, and whoever stands at its end stays there", () => {
  const { model, hear } = opened();
  hear(["play", PLAY], ["start", { missed: 0 }], ["message", ready("node 1", 5000)]);
  expect(model.player.value?.position.value).toBe(1);
  hear(["message", ready("node 2", 5100)]);
  expect(model.player.value?.trace.map(({ at }) => at)).toEqual([0, 100]);
  expect(model.player.value?.position.value).toBe(2);
  model.player.value?.seek(1);
  hear(["message", ready("node 3", 5200)]);
  expect(model.player.value?.position.value).toBe(1);
  // The file has the events as they came.
  expect(model.trace.map(({ at }) => at)).toEqual([5000, 5100, 5200]);
});

test("events that come before the play is known are not lost", () => {
  const { model, hear } = opened();
  hear(["start", { missed: 0 }], ["message", ready("node 1", 1)]);
  expect(model.player.value).toBeUndefined();
  hear(["play", PLAY]);
  expect(model.player.value?.trace).toHaveLength(1);
});

test("a fresh start forgets what was there, and says how much is not kept", () => {
  const { model, hear } = opened();
  hear(["play", PLAY], ["start", { missed: 0 }], ["message", ready("node 1", 1)]);
  hear(["start", { missed: 40 }], ["message", ready("node 2", 900)]);
  expect(model.missed.value).toBe(40);
  expect(model.player.value?.trace.map(({ node, at }) => [node, at])).toEqual([["node 2", 0]]);
});

test("a long trace is shown in portions, and all of it is shown", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { model, hear } = opened();
  const thousand = Array.from({ length: 1000 }, (_, n): [string, unknown] => ["message", ready("node 1", n)]);
  hear(["play", PLAY], ["start", { missed: 0 }], ...thousand);
  expect(model.player.value?.trace).toHaveLength(1000);
  for (let at = 1000; at < 1010; at++) hear(["message", ready("node 1", at)]);
  expect(model.player.value?.trace).toHaveLength(1000);
  await vi.advanceTimersByTimeAsync(101);
  expect(model.player.value?.trace.map(({ at }) => at)).toEqual(Array.from({ length: 1010 }, (_, at) => at));
});

const foreign: [string, string, string][] = [
  ["no JSON", "message", "<script>alert(1)</script>"],
  ["no event of the story", "message", '{"type":"hacked","node":"x","at":1}'],
  ["no play", "play", '{"stage":"v9"}'],
  ["no nodes", "nodes", '[{"name":"<b>"}]'],
  ["no verdict", "verdict", '{"verdicts":[{"area":"mars"}],"isAtRest":true,"after":0}'],
];

test.each(foreign)("%s is a problem in one line, and changes nothing", (_, event, data) => {
  const { model, hear, raw } = opened();
  hear(["play", PLAY], ["start", { missed: 0 }], ["message", ready("node 1", 1)]);
  raw(event, data);
  expect(model.problem.value?.length).toBeGreaterThan(10);
  expect(model.play.value?.stage).toBe("v3");
  expect(model.nodes.value).toEqual([]);
  expect(model.player.value?.trace).toHaveLength(1);
});

test("what the play answers to an action is shown", async () => {
  const { model } = opened();
  await model.act({ do: "kill", node: "node 9" });
  expect(model.problem.value).toBe("no");
});

test("a node offers only what can be done to it", () => {
  expect(actionsOf({ state: "running", isHeld: false })).toEqual(["freeze", "kill", "cut", "hold"]);
  expect(actionsOf({ state: "frozen", isHeld: true })).toEqual(["wake", "kill", "cut", "release"]);
  expect(actionsOf({ state: "starting", isHeld: false })).toEqual(["kill"]);
  expect(actionsOf({ state: "ended", isHeld: false })).toEqual([]);
});

test("it is known how many events the table's last count does not have", () => {
  const { model, hear } = opened();
  const verdict = (after: number): [string, unknown] => ["verdict", { verdicts: [], isAtRest: true, after }];
  hear(["play", PLAY], ["start", { missed: 40 }], ["message", ready("n1", 1)], ["message", ready("n2", 2)]);
  expect(model.behind.value).toBe(2);
  hear(verdict(41));
  expect(model.behind.value).toBe(1);
  hear(verdict(42));
  expect(model.behind.value).toBe(0);
  // At the end the count itself is told as an event.
  const counted = {
    area: "north-america",
    people: 1,
    revision: 0,
    wearing: {},
    wrong: 0,
    stale: 0,
    refused: 0,
  };
  hear(["message", { type: "verdict", verdict: counted, node: "table", at: 3 }]);
  expect(model.behind.value).toBe(0);
  hear(["message", ready("n3", 4)]);
  expect(model.behind.value).toBe(1);
});

test("beside the table stands what the events alone show", () => {
  const { model, hear } = opened();
  hear(["play", PLAY], ["start", { missed: 0 }], ["message", ready("node 1", 1)]);
  const scene = () => model.player.value?.scene.value ?? expect.fail("there is a scene");
  expect(traceText(scene())).toBe("no command yet");
  const command = { area: "north-america", shirt: "blue", revision: 1 };
  hear(
    ["message", { type: "commanded", command, node: "president", at: 2 }],
    ["message", { type: "painted", command, step: 0, node: "node 1", at: 3 }],
  );
  expect(traceText(scene())).toBe("North America: 75 % wrong");
});

test("a page takes all that a play keeps, and begins again when it has twice as much", () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { model, calls, hear } = opened();
  onTestFinished(() => model.close());
  hear(["play", PLAY], ["start", { missed: 0 }]);
  const events = (count: number) =>
    Array.from({ length: count }, (_, at): [string, unknown] => ["message", ready("node 1", at)]);
  hear(...events(EVENTS_KEPT));
  expect(calls).toEqual([]);
  hear(...events(EVENTS_KEPT));
  expect(calls).toEqual([]);
  hear(...events(1));
  expect(calls).toEqual(["again"]);
});
