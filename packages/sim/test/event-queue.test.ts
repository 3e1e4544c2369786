import { expect, test } from "vitest";
import { type QueuedEvent, TimedQueue } from "../src/event-queue.ts";

function event(label: string, at: number, lane = label, owner?: object): QueuedEvent {
  return { at, label, lane, owner, to: undefined, run() {} };
}

function order(queue: TimedQueue): string[] {
  const labels: string[] = [];
  for (let next = queue.next(); next; next = queue.next()) labels.push(`${next.label} at ${next.at}`);
  return labels;
}

test("the event with the earliest time happens first; at the same time, the one that was added first", () => {
  const queue = new TimedQueue();
  for (const one of [event("b", 5), event("c", 5), event("a", 1), event("d", 9)]) queue.add(one);
  expect(order(queue)).toEqual(["a at 1", "b at 5", "c at 5", "d at 9"]);
});

test("a later message of a connection does not overtake an earlier one, also when that one has arrived", () => {
  const queue = new TimedQueue();
  for (const one of [event("slow", 9, "lane"), event("fast", 2, "lane"), event("other", 3)]) queue.add(one);
  expect(order(queue)).toEqual(["other at 3", "slow at 9", "fast at 9"]);
  queue.add(event("last", 4, "lane"));
  expect(order(queue)).toEqual(["last at 9"]);
});

test("nothing reaches an owner that is gone", () => {
  const queue = new TimedQueue();
  const gone = {};
  for (const one of [event("a", 1, "a", gone), event("b", 2), event("c", 3, "c", gone)]) queue.add(one);
  queue.drop(gone);
  expect(order(queue)).toEqual(["b at 2"]);
});
