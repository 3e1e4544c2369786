/** How a delivery is settled, on an AMQP channel of the test's own. */
import { type Channel, type ConsumeMessage, IllegalOperationError } from "amqplib";
import { expect, test } from "vitest";
import { AckTracker, UnackedDelivery } from "../src/deliveries.ts";

const message = { content: Buffer.from("one"), fields: { redelivered: false } } as ConsumeMessage;
const hooks = { deadLetter: async () => {}, deadLettered() {}, failed() {}, allSettled() {} };

test("an ack on an AMQP channel that closes in this moment is told as dropped, and throws nothing", () => {
  const closing = {
    ack() {
      throw new IllegalOperationError("Channel closing", "");
    },
  } as unknown as Channel;
  let settled = 0;
  const tracker = new AckTracker({ ...hooks, allSettled: () => settled++ });
  tracker.amqpChannel = closing;
  tracker.unacked = 1;
  const delivery = new UnackedDelivery(tracker, closing, message);
  delivery.decoded();
  expect(delivery.toDelivery().ack()).toBe(false);
  expect(settled).toBe(1);
});
