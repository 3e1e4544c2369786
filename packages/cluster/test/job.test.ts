/** A job that this world cannot do is refused before the worker sees it: a worker that took it would die of it. */
import type { TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { encodeCommand } from "../src/messages.ts";
import { areasOf, HomelessJobError, toJob } from "../src/node/job.ts";

const body = encodeCommand({ area: "south-america", shirt: "blue", revision: 1 });
const delivery = { redelivered: false, ack: () => true, deadLetter: async () => {} };
const nothing = () => {};

test("a job for an area that the world lacks is no job: it throws one line, and is not reported as delivered", async () => {
  const areas = await areasOf({ revisions: async () => new Map([["north-america", 0]]) });
  const log: TraceEvent["type"][] = [];
  const take = () => toJob(body, delivery, areas, ({ type }) => log.push(type));
  expect(take).toThrow(HomelessJobError);
  expect(take).toThrow(/^nobody lives in South America: .+$/);
  expect(log).toEqual([]);
});

test("a job for an area of the world is a job", async () => {
  const areas = await areasOf({ revisions: async () => new Map([["south-america", 0]]) });
  expect(toJob(body, delivery, areas, nothing).command.area).toBe("south-america");
});

test.each([
  ["without areas", async () => new Map<"north-america", number>()],
  ["without tables", () => Promise.reject(new Error("no such table"))],
])("a world %s says nothing about a job", async (_, revisions) => {
  const areas = await areasOf({ revisions });
  expect(toJob(body, delivery, areas, nothing).command.area).toBe("south-america");
});

test.each([
  ["acked", true],
  ["ack dropped", false],
] as const)("a job tells that it is %s, once, when amqp says so", (type, isSent) => {
  const log: TraceEvent["type"][] = [];
  const job = toJob(body, { ...delivery, ack: () => isSent }, undefined, ({ type }) => log.push(type));
  job.ack();
  job.ack();
  expect(log).toEqual(["delivered", type]);
});
