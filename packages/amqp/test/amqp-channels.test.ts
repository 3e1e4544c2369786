/** A persistent AMQP channel, opened and lost as the test says. */
import { EventEmitter } from "node:events";
import type { Channel, ChannelModel } from "amqplib";
import { afterEach, expect, test, vi } from "vitest";
import { PersistentChannel } from "../src/amqp-channels.ts";

afterEach(() => vi.useRealTimers());

const model = {} as ChannelModel;

class FakeChannel extends EventEmitter {
  isClosed = false;
  async close(): Promise<void> {
    this.isClosed = true;
    this.emit("close");
  }
}

test("an AMQP channel that opens after the close is closed", async () => {
  const late = new FakeChannel();
  let open: (amqpChannel: Channel) => void = () => {};
  const create = () => new Promise<Channel>((resolve) => (open = resolve));
  const persistent = new PersistentChannel(
    { create, setUp: async () => {} },
    { first: 1, longest: 1 },
    { ready() {}, failed() {} },
  );
  const opening = persistent.openOn(model);
  await persistent.close();
  open(late as unknown as Channel);
  await opening;
  expect([late.isClosed, persistent.current]).toEqual([true, undefined]);
});

test("after an AMQP channel was set up again, the next pause is the first one again", async () => {
  vi.useFakeTimers();
  let opened = 0;
  const create = async () => {
    opened++;
    return new FakeChannel() as unknown as Channel;
  };
  const persistent = new PersistentChannel(
    { create, setUp: async () => {} },
    { first: 100, longest: 10_000 },
    { ready() {}, failed() {} },
  );
  await persistent.openOn(model);
  for (const count of [2, 3, 4]) {
    persistent.renew(new Error("cancelled"));
    await vi.advanceTimersByTimeAsync(99);
    expect(opened).toBe(count - 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(opened).toBe(count);
  }
});
