import { chan, go, sleep, WaitGroup } from "@shirts/chan";
import { expect, test } from "vitest";
import { main } from "../src/channels.ts";
import { play } from "../src/play.ts";

test("the channels program prints its lesson", async () => {
  const { lines } = await play(main);
  expect(lines).toEqual([
    "-- six senders, one receiver",
    ...[0, 1, 2, 3, 4, 5].map((n) => `Number ${n}`),
    "main: six numbers in 1 s",
    "-- no buffer: sender and receiver meet",
    "sender: here is a shirt",
    "receiver: I come late",
    "sender: I go on",
    "receiver: I have a shirt",
    "-- a buffer of one: the sender does not wait",
    "sender: here is a shirt",
    "sender: I go on",
    "receiver: I come late",
    "receiver: I have a shirt",
  ]);
});

test("six senders that sleep one second each take one second together", async () => {
  const { ms } = await play(async () => {
    const c = chan<number>();
    for (let n = 0; n < 6; n++)
      go(async () => {
        await sleep(1000);
        await c.send(n);
      });
    for (let n = 0; n < 6; n++) await c.recv();
  });
  expect(ms).toBe(1000);
});

test.each([0, 1, 3])("with a buffer of %i the sender runs exactly so far ahead", async (cap) => {
  let sent = 0;
  await play(async () => {
    const c = chan<number>(cap);
    go(async () => {
      for (let n = 0; n < 9; n++) {
        await c.send(n);
        sent++;
      }
    });
    await sleep(1000);
    expect(sent).toBe(cap);
  });
});

test("a value goes to one receiver only", async () => {
  const got: number[] = [];
  await play(async () => {
    const c = chan<number>();
    const receivers = new WaitGroup();
    for (let r = 0; r < 3; r++)
      receivers.go(async () => {
        for await (const n of c) got.push(n);
      });
    for (let n = 0; n < 9; n++) await c.send(n);
    c.close();
    await receivers.wait();
  });
  expect(got).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test("a receive that nobody will ever answer is a deadlock", async () => {
  await expect(
    play(async () => {
      await chan<number>().recv();
    }),
  ).rejects.toThrow("deadlock");
});
