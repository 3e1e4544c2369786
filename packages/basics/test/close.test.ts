import { chan, go, SendOnClosedChannelError, sleep, WaitGroup } from "@shirts/chan";
import { expect, test } from "vitest";
import { main } from "../src/close.ts";
import { play } from "../src/play.ts";

test("the close program prints its lesson", async () => {
  const { lines } = await play(main);
  expect(lines).toEqual([
    "-- the receiver closes",
    "Number 0",
    "Number 1",
    "Number 2",
    "main: I close, and three senders still wait",
    ...[3, 4, 5].map((n) => `sender ${n}: panic: send on closed channel`),
    "-- the senders' side closes",
    ...[0, 1, 2, 3, 4, 5].map((n) => `Number ${n}`),
    "main: the range has ended by itself",
    "-- what a closed chan gives",
    "first:  [0,true]",
    "second: value undefined, ok false",
    "-- one close, three wake up",
    "first soldier: I stop",
    "second soldier: I stop",
    "third soldier: I stop",
  ]);
});

test("a sender that is blocked when the chan is closed panics, and the program ends with it", async () => {
  let isMainBack = false;
  const slide = play(async () => {
    const c = chan<number>();
    go(() => c.send(1));
    await sleep(1000);
    c.close();
    await sleep(1000);
    isMainBack = true;
  });
  await expect(slide).rejects.toThrow(SendOnClosedChannelError);
  expect(isMainBack).toBe(false);
});

test("a close loses no value that was sent before", async () => {
  await play(async () => {
    const c = chan<number>(3);
    for (const n of [1, 2, 3]) await c.send(n);
    c.close();
    const got: number[] = [];
    for await (const n of c) got.push(n);
    expect(got).toEqual([1, 2, 3]);
    expect(await c.recv()).toEqual([undefined, false]);
  });
});

test("one close wakes every receiver", async () => {
  let woken = 0;
  await play(async () => {
    const stop = chan<never>();
    const soldiers = new WaitGroup();
    for (let n = 0; n < 100; n++)
      soldiers.go(async () => {
        await stop.recv();
        woken++;
      });
    await sleep(1);
    expect(woken).toBe(0);
    stop.close();
    await soldiers.wait();
  });
  expect(woken).toBe(100);
});
