/** A message that the broker returned, and whose confirm is lost: what counts is the last time that it was sent. */
import { expect, test } from "vitest";
import { Publisher } from "../src/publisher.ts";
import { FakeChannel, fakeSupervisor } from "./fakes.ts";

test("a message that reached no queue before a lost connection, and one after it, counts as sent", async () => {
  const { supervisor, open, lose } = fakeSupervisor();
  const publisher = new Publisher(supervisor, { timeoutMs: 10_000, maxPending: 9, maxPendingBytes: 999 });
  await publisher.open();
  const [first, second] = [new FakeChannel(), new FakeChannel()];
  await open(first);
  const sent = publisher.send({ exchange: "", key: "jobs", body: Buffer.from("one"), isMandatory: true });
  first.emit("return", { properties: { messageId: first.published[0]?.id } });
  lose();
  await open(second);
  second.published[0]?.confirm(null, {} as never);
  expect(await sent).toBeUndefined();
});
