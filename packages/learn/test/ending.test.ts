import { chan, go, receiving, select, sleep } from "@shirts/chan";
import { BoundError } from "@shirts/chan/testing";
import { expect, test } from "vitest";
import { ending } from "../src/ending.ts";

test("a program that ends by itself has nothing to tell", async () => {
  expect(await ending(async () => await sleep(1000))).toBeUndefined();
});

test("an error is told in its first line", async () => {
  const error = new Error("the needle broke\n    at internal (file.ts:1:1)");
  expect(await ending(() => Promise.reject(error))).toBe("the needle broke");
});

test("an error in a routine is told, too", async () => {
  const told = ending(async () => {
    go(() => Promise.reject(new Error("the needle broke")));
    await sleep(10);
  });
  expect(await told).toBe("the needle broke");
});

test("a program that waits for ever is told in a sentence, without a stack", async () => {
  const told = await ending(async () => void (await chan<never>().recv()));
  expect(told).toMatch(/^it waits for ever[^\n]*$/);
  expect(await ending(() => new Promise(() => {}))).toBe(
    "it waits for ever, for a promise that nothing settles",
  );
});

test("a program that works for ever is told, whether it sleeps or tosses coins", async () => {
  const sleepy = async () => {
    for (;;) await sleep(10);
  };
  expect(await ending(sleepy)).toBe("it is still at work after thousands of sleeps");
  const closed = chan<never>();
  closed.close();
  const restless = async () => {
    for (;;) await select({ heads: receiving(closed), tails: receiving(closed) });
  };
  expect(await ending(restless)).toBe("a loop never waits");
  const open = chan<number>(1);
  const ready = async () => {
    for (;;) {
      await open.send(1);
      await open.recv();
    }
  };
  expect(await ending(ready)).toBe("a loop never waits");
});

test("the bubble's bound is known by its class: the same words of another error, and a bound of explore, are none", async () => {
  const words = "bubble: main has not ended after 20000 timers";
  expect(await ending(() => Promise.reject(new Error(words)))).toBe("main has not ended after 20000 timers");
  const orders = new BoundError("orders", "explore: there are more than 20000 orders");
  expect(await ending(() => Promise.reject(orders))).toBe("explore: there are more than 20000 orders");
});

test("one ending after the other: the first one leaves nothing to the second", async () => {
  expect(await ending(() => new Promise(() => {}))).toMatch(/waits for ever/);
  expect(await ending(async () => await sleep(3_600_000))).toBeUndefined();
});
