/** The laws of a chan, at capacities 0, 1 and n. */

import { describe, expect, test } from "vitest";
import { type Chan, CloseOfClosedChannelError, chan, go, SendOnClosedChannelError } from "../src/index.ts";
import { eventLoopTurn, seen, waiters } from "./kit.ts";

/** A chan whose buffer is full, so that the next send blocks. */
function full(cap: number): Chan<number> {
  const c = chan<number>(cap);
  for (let i = 0; i < cap; i++) expect(c.trySend(-1)).toBe(true);
  return c;
}

async function drain(c: Chan<number>): Promise<number[]> {
  const got: number[] = [];
  for await (const v of c) got.push(v);
  return got;
}

describe.each([0, 1, 7])("a chan of capacity %i", (cap) => {
  test("gives values in the order in which they were sent", async () => {
    const c = chan<number>(cap);
    go(async () => {
      for (let i = 0; i < 100; i++) await c.send(i);
      c.close();
    });
    expect(await drain(c)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  test("takes exactly cap values without a receiver", async () => {
    const c = chan<number>(cap);
    for (let i = 0; i < cap; i++) expect(await seen(c.send(i))).toEqual({ state: "ok", result: undefined });
    const blocked = c.send(cap);
    expect(await seen(blocked)).toEqual({ state: "pending" });
    expect(c.len).toBe(cap);
    expect(c.cap).toBe(cap);
    expect(await c.recv()).toEqual([0, true]);
    expect(await seen(blocked)).toEqual({ state: "ok", result: undefined });
    expect(c.len).toBe(cap);
  });

  test("serves blocked senders in the order in which they blocked", async () => {
    const c = full(cap);
    const order: number[] = [];
    for (let i = 0; i < 5; i++) void c.send(i).then(() => order.push(i));
    for (let i = 0; i < cap; i++) await c.recv();
    for (let i = cap; i < 5; i++) expect(await c.recv()).toEqual([i - cap, true]);
    await eventLoopTurn();
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  test("serves blocked receivers in the order in which they blocked", async () => {
    const c = chan<number>(cap);
    const got = [c.recv(), c.recv(), c.recv()];
    for (let i = 0; i < 3; i++) await c.send(i);
    expect(await Promise.all(got)).toEqual([
      [0, true],
      [1, true],
      [2, true],
    ]);
  });

  test("hands a value to the receiver that waits, not to one that comes later", async () => {
    const c = chan<number>(cap);
    const first = c.recv();
    await c.send(1);
    const second = c.recv();
    expect(await first).toEqual([1, true]);
    expect(await seen(second)).toEqual({ state: "pending" });
    expect(waiters(c)).toEqual({ recv: 1, send: 0 });
  });

  test("close wakes every blocked receiver with undefined and false", async () => {
    const c = chan<number>(cap);
    const got = [c.recv(), c.recv(), c[Symbol.asyncIterator]().next()];
    c.close();
    expect(await Promise.all(got)).toEqual([
      [undefined, false],
      [undefined, false],
      { value: undefined, done: true },
    ]);
    expect(waiters(c)).toEqual({ recv: 0, send: 0 });
  });

  test("close lets the buffer drain, and then a receive returns undefined and false at once, for ever", async () => {
    const c = full(cap);
    c.close();
    for (let i = 0; i < cap; i++) expect(await c.recv()).toEqual([-1, true]);
    for (let i = 0; i < 3; i++) expect(await c.recv()).toEqual([undefined, false]);
    expect(c.tryRecv()).toEqual([undefined, false]);
  });

  test("close makes blocked senders throw, and their values never arrive", async () => {
    const c = full(cap);
    const blocked = [c.send(1), c.send(2)];
    c.close();
    for (const send of blocked) await expect(send).rejects.toThrow(SendOnClosedChannelError);
    expect(await drain(c)).toEqual(Array(cap).fill(-1));
  });

  test("a later send, trySend or close throws in Go's words", async () => {
    const c = chan<number>(cap);
    c.close();
    await expect(c.send(1)).rejects.toThrow("send on closed channel");
    expect(() => c.trySend(1)).toThrow("send on closed channel");
    expect(() => c.close()).toThrow(CloseOfClosedChannelError);
    expect(() => c.close()).toThrow("close of closed channel");
  });

  test("trySend and tryRecv never block and never leave a waiter", () => {
    const c = chan<number>(cap);
    expect(c.tryRecv()).toBeUndefined();
    for (let i = 0; i < cap; i++) expect(c.trySend(i)).toBe(true);
    expect(c.trySend(cap)).toBe(false);
    for (let i = 0; i < cap; i++) expect(c.tryRecv()).toEqual([i, true]);
    expect(c.tryRecv()).toBeUndefined();
    expect(waiters(c)).toEqual({ recv: 0, send: 0 });
  });

  test("tryRecv takes the value of a blocked sender and wakes it", async () => {
    const c = full(cap);
    const blocked = c.send(9);
    const got = Array.from({ length: cap + 1 }, () => c.tryRecv());
    expect(got.at(-1)).toEqual([9, true]);
    expect(await seen(blocked)).toEqual({ state: "ok", result: undefined });
  });

  test("for await leaves the chan open on break", async () => {
    const c = chan<number>(cap);
    go(async () => {
      for (let i = 0; i < 3; i++) await c.send(i);
    });
    for await (const v of c) if (v === 1) break;
    expect(await c.recv()).toEqual([2, true]);
    expect(c.trySend(3)).toBe(cap > 0);
  });

  test("any value arrives unchanged: promises, thenables, functions, null, undefined, NaN", async () => {
    const rejected = Promise.reject(new Error("not for you"));
    rejected.catch(() => {});
    // biome-ignore lint/suspicious/noThenProperty: a thenable must arrive as a value
    const thenable = { then: () => expect.unreachable("a thenable was called") };
    const values = [Promise.resolve(1), rejected, thenable, () => 1, null, undefined, Number.NaN, [1, true]];
    const c = chan<unknown>(cap);
    go(async () => {
      for (const v of values) await c.send(v);
      for (const v of values) await c.send(v);
    });
    for (const v of values) {
      const [got, ok] = await c.recv();
      expect(ok).toBe(true);
      expect(Object.is(got, v)).toBe(true);
    }
    let i = 0;
    for await (const v of c) {
      expect(Object.is(v, values[i])).toBe(true);
      if (++i === values.length) break;
    }
  });

  test("an error in one routine does not corrupt the chan", async () => {
    const c = chan<number>(cap);
    const broken = (async () => {
      await c.recv();
      throw new Error("mine");
    })();
    await c.send(1);
    await expect(broken).rejects.toThrow("mine");
    const later = c.recv();
    await c.send(2);
    expect(await later).toEqual([2, true]);
  });

  test("holds more than 1024 blocked operations", async () => {
    const c = full(cap);
    const sends = Array.from({ length: 5000 }, (_, i) => c.send(i));
    for (let i = 0; i < cap; i++) await c.recv();
    for (let i = 0; i < 5000; i++) expect(await c.recv()).toEqual([i, true]);
    await Promise.all(sends);
    const receives = Array.from({ length: 5000 }, () => c.recv());
    for (let i = 0; i < 5000; i++) await c.send(i);
    expect((await Promise.all(receives)).map(([v]) => v)).toEqual(Array.from({ length: 5000 }, (_, i) => i));
  });
});

test("a million values pass without a growing stack", async () => {
  const c = chan<number>();
  go(async () => {
    for (let i = 0; i < 1_000_000; i++) await c.send(i);
    c.close();
  });
  let sum = 0;
  for await (const v of c) sum += v;
  expect(sum).toBe(499_999_500_000);
});

test("a send on an unbuffered chan completes only with a receive", async () => {
  const c = chan<string>();
  const send = c.send("x");
  expect(await seen(send)).toEqual({ state: "pending" });
  expect(await c.recv()).toEqual(["x", true]);
  expect(await seen(send)).toEqual({ state: "ok", result: undefined });
});

test("a sender that wakes a receiver of a buffered chan goes on first, so that the buffer fills", async () => {
  const c = chan<number>(2);
  const order: string[] = [];
  const receiver = (async () => {
    await c.recv();
    order.push("receiver");
  })();
  await c.send(1);
  order.push("sender");
  await receiver;
  expect(order).toEqual(["sender", "receiver"]);
});

test("the ring buffer grows with its contents, not with its capacity", () => {
  const c = chan<number>(2 ** 40);
  for (let round = 0; round < 50; round++) {
    for (let i = 0; i < round; i++) c.trySend(i);
    for (let i = 0; i < round; i++) expect(c.tryRecv()).toEqual([i, true]);
  }
  expect(c.len).toBe(0);
});

test("an unawaited send waits in the queue like a routine of its own", async () => {
  const c = chan<number>();
  void c.send(1);
  void c.send(2);
  expect(await c.recv()).toEqual([1, true]);
  expect(await c.recv()).toEqual([2, true]);
});
