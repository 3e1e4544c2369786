/** A message of the queue becomes a job. */
import type { TraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { encodeCommand } from "../src/messages.ts";
import { toJob } from "../src/node/job.ts";

const body = encodeCommand({ area: "south-america", shirt: "blue", revision: 1, world: "w1" });
const delivery = { redelivered: false, ack: () => true, deadLetter: async () => {} };

test.each([
  ["acked", true],
  ["ack dropped", false],
] as const)("a job tells that it is %s, once, when amqp says so", (type, isSent) => {
  const log: TraceEvent["type"][] = [];
  const job = toJob(body, { ...delivery, ack: () => isSent }, ({ type }) => log.push(type));
  job.ack();
  job.ack();
  expect(log).toEqual(["delivered", type]);
});

test("a job says that it was delivered before, and goes to the dead-letter queue when it is told to", async () => {
  const reasons: string[] = [];
  const again = {
    ...delivery,
    redelivered: true,
    deadLetter: async (reason: string) => void reasons.push(reason),
  };
  const job = toJob(body, again, () => {});
  expect(job.redelivered).toBe(true);
  await job.deadLetter("nobody lives there");
  expect(reasons).toEqual(["nobody lives there"]);
});
