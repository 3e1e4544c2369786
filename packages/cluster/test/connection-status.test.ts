import { AmqpError } from "@shirts/amqp";
import type { EventBody } from "@shirts/story";
import { expect, test } from "vitest";
import { onStatus } from "../src/node/connection-status.ts";

test.each([
  ["connected", { type: "reconnected" }, undefined],
  ["disconnected", { type: "disconnected", reason: "memory" }, undefined],
  ["blocked", { type: "blocked", reason: "memory" }, /takes no messages from us: memory/],
  ["unblocked", { type: "unblocked" }, undefined],
  ["failed", { type: "failed", reason: "memory" }, /failed, and tries again: memory/],
] as const)(
  "when the broker is %s that is reported, with a line where a person is needed",
  (status, event, line) => {
    const log: EventBody[] = [];
    const lines: string[] = [];
    onStatus(
      (one) => log.push(one),
      (one) => lines.push(one),
    )({ status, reason: "memory" });
    expect(log).toEqual([event]);
    expect(lines).toEqual(line ? [expect.stringMatching(line)] : []);
  },
);

test("an attempt that failed is told with what a person can do about it", () => {
  const error = new AmqpError("no-broker", "nobody answers.");
  const lines: string[] = [];
  onStatus(
    () => {},
    (one) => lines.push(one),
  )({ status: "failed", reason: error.message, error });
  expect(lines).toEqual([expect.stringMatching(/tries again: nobody answers\. Start one .*AMQP_URL\.$/)]);
});
