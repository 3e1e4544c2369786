/** The lanes of the network are the AMQP channels of packages/amqp, and a cancel is its sender's until it is confirmed. */
import type { TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import type { Fault, Story } from "../src/plan.ts";
import { runStory } from "../src/run.ts";
import { stageOf } from "../src/stages.ts";

const story = (nodes: number, more: Partial<Story>): Story => ({
  steps: 1,
  nodes: Array.from({ length: nodes }, () => ({ paceMs: 100 })),
  commands: [{ atMs: 0, area: "north-america", shirt: "purple" }],
  faults: [],
  latencyMs: 2,
  ...more,
});
const cut = (atMs: number, forMs: number): Fault => ({ kind: "disconnect", node: 0, atMs, forMs });
const trace = async (stage: string, what: Story) => (await runStory(stageOf(stage), what, 1)).trace;
const heard = (events: readonly TraceEvent[], node: string, from: string) =>
  events.filter(
    (event) => event.node === node && event.type === "cancel received" && event.cancel.consumerId === from,
  );

test("an ack does not wait for the cancel that was sent before it, nor a cancel for an ack", async () => {
  const commands: Story["commands"] = [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 1, area: "north-america", shirt: "blue" },
  ];
  const order = async (delays: Record<string, number>) =>
    (await trace("v2", story(1, { commands, delays })))
      .filter(
        (event) =>
          (event.type === "delivered" && event.command.shirt === "blue") || event.type === "cancel received",
      )
      .map(({ type }) => type);
  expect(await order({ "cancel n1!1": 900, "ack c1.1 n1/1": 1 })).toEqual([
    "delivered",
    "cancel received",
    "cancel received",
  ]);
  expect(await order({ "cancel n1!1": 1, "ack c1.1 n1/1": 900 })).toEqual([
    "cancel received",
    "delivered",
    "cancel received",
  ]);
});

test("a cancel that is on its way when the connection is cut arrives after the reconnect", async () => {
  const events = await trace("v2", story(2, { faults: [cut(20, 30)], delays: { "cancel n1!1": 40 } }));
  const late = heard(events, "n2", "n1");
  expect(late.length).toBeGreaterThan(0);
  expect(late[0]?.at).toBeGreaterThan(50);
  expect(events.map(({ type }) => type)).not.toContain("cancel lost");
});

test("a cancel that is sent while there is no connection waits for the next one", async () => {
  // The job comes after the cut, with the packet that was in the socket: nothing else takes jobs then.
  const paused: Fault = { kind: "pause", node: 0, atMs: 0, forMs: 60 };
  const events = await trace("v2", story(2, { faults: [paused], delays: { "job c1.1→n1": 3 } }));
  const back = events.find(({ type, node }) => type === "reconnected" && node === "n1");
  const sent = events.find(({ type, node }) => type === "cancel sent" && node === "n1");
  expect(sent?.at).toBeLessThanOrEqual(back?.at ?? 0);
  expect(heard(events, "n2", "n1")[0]?.at).toBeGreaterThan(back?.at ?? Number.POSITIVE_INFINITY);
});

test("a cancel whose confirm is lost with the connection arrives twice", async () => {
  const twice = story(2, { faults: [cut(20, 5)], delays: { "cancel n1!1": 1, "confirm n1!1": 90 } });
  expect(heard(await trace("v3", twice), "n2", "n1").map(({ at }) => at < 20)).toEqual(
    expect.arrayContaining([true, false]),
  );
  const confirmed = { ...twice, delays: { "cancel n1!1": 1, "confirm n1!1": 1 } };
  expect(heard(await trace("v3", confirmed), "n2", "n1").filter(({ at }) => at < 25)).toHaveLength(1);
});

test("a cancel that is not confirmed within the time of packages/amqp is given up, and that is told", async () => {
  const faults = [cut(20, 40_000)];
  const events = await trace("v3", story(2, { faults, delays: { "cancel n1!1": 40 } }));
  expect(events).toContainEqual(
    expect.objectContaining({ type: "cancel lost", node: "n1", reason: "not confirmed within 30000 ms" }),
  );
  expect(heard(events, "n2", "n1")).toEqual([]);
});

test("the president's announcement comes after its job, and waits with it while the broker is down", async () => {
  const restart: Fault = { kind: "broker-restart", atMs: 0, forMs: 50 };
  const events = await trace("v4", story(1, { faults: [restart] }));
  const announced = heard(events, "n1", "president");
  expect(announced.every(({ at }) => at > 50)).toBe(true);
  expect(announced).toHaveLength(1);
});
