import { expect, test } from "vitest";
import { type Command, type EventBody, Picture, type TraceEvent } from "../src/index.ts";

const purple: Command = { area: "north-america", shirt: "purple", revision: 1 };
const blue: Command = { area: "north-america", shirt: "blue", revision: 2 };

function played(...bodies: [string, EventBody][]): { picture: Picture; events: TraceEvent[] } {
  const picture = new Picture(["north-america"], 4);
  const events = bodies.map(([node, body], at): TraceEvent => ({ ...body, node, at }));
  for (const event of events) picture.apply(event);
  return { picture, events };
}

const overtaken = () =>
  played(
    ["president", { type: "commanded", command: purple }],
    ["node 1", { type: "delivered", command: purple, redelivered: false }],
    ["node 1", { type: "painted", command: purple, step: 0, stale: false }],
    ["president", { type: "commanded", command: blue }],
    ["node 2", { type: "delivered", command: blue, redelivered: false }],
    ["node 2", { type: "painted", command: blue, step: 0, stale: false }],
    ["node 2", { type: "painted", command: blue, step: 1, stale: false }],
    ["node 1", { type: "painted", command: purple, step: 1, stale: true }],
    ["node 2", { type: "acked", command: blue }],
  );

test("an ack that was dropped ends no command, and the node is at work until its last delivery is acked", () => {
  const { picture } = played(
    ["president", { type: "commanded", command: purple }],
    ["node 1", { type: "delivered", command: purple, redelivered: false }],
    ["node 1", { type: "delivered", command: purple, redelivered: true }],
    ["node 1", { type: "ack dropped", command: purple }],
  );
  expect([picture.unacked(1), picture.walks.size]).toEqual([1, 1]);
  picture.apply({ type: "acked", command: purple, node: "node 1", at: 9 });
  expect([picture.unacked(1), picture.walks.size]).toEqual([0, 0]);
});

test("a scene is over when every command's job is acked", () => {
  const { picture } = overtaken();
  expect(picture.isOver(2)).toBe(false);
  picture.apply({ type: "acked", command: purple, node: "node 1", at: 9 });
  expect(picture.isOver(2)).toBe(true);
  expect(picture.isOver(3)).toBe(false);
});

test("the late ack of an earlier story's job does not stand for one of this story", () => {
  const { picture } = overtaken();
  picture.apply({ type: "acked", command: { ...purple, revision: 0 }, node: "node 1", at: 9 });
  picture.apply({ type: "acked", command: purple, node: "node 1", at: 9 });
  const before = new Picture(["north-america"], 4);
  before.apply({ type: "acked", command: purple, node: "node 1", at: 9 });
  expect([picture.unacked(2), before.unacked(1)]).toEqual([0, 1]);
});

test("steps of commands that are not the newest count as wasted", () => {
  expect(overtaken().picture.wasted()).toBe(2);
});

test("a rejected job is nobody's walk, and its command is not acked", () => {
  const { picture } = played(
    ["president", { type: "commanded", command: purple }],
    ["node 1", { type: "delivered", command: purple, redelivered: false }],
    ["node 1", { type: "rejected", command: purple, reason: "never accepted" }],
  );
  expect([picture.unacked(1), picture.walks.size]).toEqual([1, 0]);
});

test("a dead node's walk leaves the bar", () => {
  const { picture } = overtaken();
  picture.forget("node 1");
  expect(picture.walks.size).toBe(0);
});

test("the last picture is the table's, whatever a frozen node reported late", () => {
  const { picture } = overtaken();
  picture.people.settle("north-america", [
    { blue: 9, purple: 1 },
    { blue: 10 },
    { purple: 10 },
    { white: 10 },
  ]);
  expect(picture.people.wearing("north-america")).toEqual(["blue", "blue", "purple", "white"]);
});
