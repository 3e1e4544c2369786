/** The laws of select, with the bugs that killed other libraries. */

import { describe, expect, test } from "vitest";
import {
  type Chan,
  chan,
  go,
  receiving,
  SendOnClosedChannelError,
  select,
  sending,
  trySelect,
} from "../src/index.ts";
import { seeded } from "../src/testing/explore/seeded.ts";
import { useScheduler } from "../src/testing/index.ts";
import { seen, waiters } from "./kit.ts";

const NO_WAITERS = { recv: 0, send: 0 };

test("a receive returns its key, the value and true; a send returns its key", async () => {
  const c = chan<number>(1);
  expect(await select({ out: sending(c, 5) })).toEqual({ case: "out" });
  expect(await select({ in: receiving(c) })).toEqual({ case: "in", value: 5, ok: true });
});

test("a closed chan is ready at once with undefined and false", async () => {
  const c = chan<number>();
  c.close();
  expect(await select({ c: receiving(c) })).toEqual({ case: "c", value: undefined, ok: false });
});

test("a case that is off, or on a nil chan, never wins", async () => {
  const c = chan<number>(1);
  await c.send(1);
  const none = undefined as Chan<number> | undefined;
  expect(
    trySelect({ a: false, b: null, d: undefined, e: receiving(none), f: sending(none, 1) }),
  ).toBeUndefined();
  expect(await select({ a: false, e: receiving(none), c: receiving(c) })).toEqual({
    case: "c",
    value: 1,
    ok: true,
  });
});

test("close wakes a blocked select that receives", async () => {
  const c = chan<number>();
  const it = select({ c: receiving(c) });
  c.close();
  expect(await it).toEqual({ case: "c", value: undefined, ok: false });
});

test("a select that sends on a closed chan throws, blocked or not, and leaves its other queues", async () => {
  const c = chan<number>();
  const d = chan<number>();
  const blocked = select({ c: sending(c, 1), d: receiving(d) });
  c.close();
  await expect(blocked).rejects.toThrow(SendOnClosedChannelError);
  expect(waiters(d)).toEqual(NO_WAITERS);
  await expect(select({ c: sending(c, 1) })).rejects.toThrow(SendOnClosedChannelError);
  expect(() => trySelect({ c: sending(c, 1) })).toThrow(SendOnClosedChannelError);
});

test("losers leave no waiter behind and lose no value", async () => {
  const a = chan<number>();
  const b = chan<number>();
  for (let i = 0; i < 100; i++) {
    const it = select({ a: receiving(a), b: receiving(b), c: sending(b, 1) });
    await a.send(i);
    expect(await it).toEqual({ case: "a", value: i, ok: true });
    expect([waiters(a), waiters(b)]).toEqual([NO_WAITERS, NO_WAITERS]);
  }
  expect(b.trySend(1)).toBe(false);
});

test("a loser in the middle of a queue leaves the others in order", async () => {
  const c = chan<number>();
  const other = chan<number>();
  const first = c.recv();
  const middle = select({ c: receiving(c), other: receiving(other) });
  const last = c.recv();
  await other.send(0);
  expect(await middle).toEqual({ case: "other", value: 0, ok: true });
  await c.send(1);
  await c.send(2);
  expect(await Promise.all([first, last])).toEqual([
    [1, true],
    [2, true],
  ]);
});

// golikejs loses a value here: both senders see the select waiting and both give it theirs.
test("two senders in the same tick against one select: one is taken, the other still waits", async () => {
  const a = chan<string>();
  const b = chan<string>();
  const it = select({ a: receiving(a), b: receiving(b) });
  const sends = [a.send("a"), b.send("b")] as const;
  expect(await it).toEqual({ case: "a", value: "a", ok: true });
  expect(await seen(sends[0])).toEqual({ state: "ok", result: undefined });
  expect(await seen(sends[1])).toEqual({ state: "pending" });
  expect(await b.recv()).toEqual(["b", true]);
});

// @thi.ng/csp loses a wake-up here.
test("two selects that share a chan: each value wakes one of them, in order", async () => {
  const shared = chan<number>();
  const quit = chan<number>();
  const first = select({ shared: receiving(shared), quit: receiving(quit) });
  const second = select({ shared: receiving(shared), quit: receiving(quit) });
  await shared.send(1);
  await shared.send(2);
  expect(await first).toEqual({ case: "shared", value: 1, ok: true });
  expect(await second).toEqual({ case: "shared", value: 2, ok: true });
});

// Any Promise.race: the losing receive stays in the queue and swallows the next value.
test("a receive that lost does not swallow the next value", async () => {
  const jobs = chan<number>();
  const cancels = chan<number>();
  const it = select({ jobs: receiving(jobs), cancels: receiving(cancels) });
  await cancels.send(1);
  await it;
  const next = jobs.recv();
  await jobs.send(7);
  expect(await next).toEqual([7, true]);
});

test("a select that sends hands its value to one that receives", async () => {
  const c = chan<number>();
  const quit = chan<number>();
  const out = select({ c: sending(c, 3), quit: receiving(quit) });
  const it = select({ c: receiving(c), quit: receiving(quit) });
  expect(await out).toEqual({ case: "c" });
  expect(await it).toEqual({ case: "c", value: 3, ok: true });
  expect([waiters(c), waiters(quit)]).toEqual([NO_WAITERS, NO_WAITERS]);
});

test("a select never receives from itself", async () => {
  const c = chan<number>();
  const it = select({ out: sending(c, 1), in: receiving(c) });
  expect(await seen(it)).toEqual({ state: "pending" });
  expect(trySelect({ out: sending(chan<number>(), 1) })).toBeUndefined();
  const rival = c.recv();
  expect(await rival).toEqual([1, true]);
  expect(await it).toEqual({ case: "out" });
  expect(waiters(c)).toEqual(NO_WAITERS);
});

test("the same chan may be in several cases; one value wins one of them", async () => {
  const c = chan<number>();
  const it = select({ x: receiving(c), y: receiving(c) });
  await c.send(1);
  expect(await it).toMatchObject({ value: 1, ok: true });
  expect(waiters(c)).toEqual(NO_WAITERS);
});

// Go puts the cases of one chan into its queue in a random order.
test.each(["receive", "send", "close"])(
  "a select that blocks in several cases of one chan may win any of them: %s",
  async (way) => {
    const restore = useScheduler({ random: seeded(7) });
    const wins = new Map<string, number>();
    for (let i = 0; i < 3000; i++) {
      const c = chan<string>();
      const other = chan<string>();
      const it =
        way === "send"
          ? select({ x: sending(c, "x"), other: sending(other, ""), y: sending(c, "y"), z: sending(c, "z") })
          : select({ x: receiving(c), other: receiving(other), y: receiving(c), z: receiving(c) });
      let got: unknown;
      if (way === "receive") await c.send("");
      else if (way === "close") c.close();
      else [got] = await c.recv();
      const { case: name } = await it;
      if (way === "send") expect(got).toBe(name);
      wins.set(name, (wins.get(name) ?? 0) + 1);
    }
    restore();
    expect([...wins.keys()].sort()).toEqual(["x", "y", "z"]);
    for (const count of wins.values()) expect(Math.abs(count - 1000)).toBeLessThan(100);
  },
);

test("a case may be used again when its select is over, and in many selects at once", async () => {
  const c = chan<number>(2);
  const cases = { c: receiving(c) };
  await c.send(1);
  await c.send(2);
  expect(await select(cases)).toEqual({ case: "c", value: 1, ok: true });
  expect(await select(cases)).toEqual({ case: "c", value: 2, ok: true });
  const blocked = [select(cases), select({ d: cases.c }), select(cases)];
  for (const i of [3, 4, 5]) await c.send(i);
  expect(await Promise.all(blocked)).toEqual([
    { case: "c", value: 3, ok: true },
    { case: "d", value: 4, ok: true },
    { case: "c", value: 5, ok: true },
  ]);
});

// A select uses the waiters of the one before it again: a longer one, a shorter one, one that is closed and one of sends.
test("selects that block one after another do not get into each other's way", async () => {
  const [a, b, c, d] = [chan<number>(), chan<number>(), chan<number>(), chan<number>()];
  const three = () => ({ a: receiving(a), b: receiving(b), c: receiving(c) });
  for (let i = 0; i < 3; i++) {
    const blocked = [
      select(three()),
      select({ b: receiving(b) }),
      select({ d: sending(d, i), a: receiving(a) }),
    ];
    await b.send(i);
    await b.send(i + 10);
    expect(await d.recv()).toEqual([i, true]);
    expect(await Promise.all(blocked)).toEqual([
      { case: "b", value: i, ok: true },
      { case: "b", value: i + 10, ok: true },
      { case: "d" },
    ]);
    expect([waiters(a), waiters(b), waiters(c)]).toEqual([NO_WAITERS, NO_WAITERS, NO_WAITERS]);
  }
  const closed = select(three());
  b.close();
  expect(await closed).toEqual({ case: "b", value: undefined, ok: false });
  expect([waiters(a), waiters(c)]).toEqual([NO_WAITERS, NO_WAITERS]);
});

describe.each([2, 3, 5])("with %i ready cases", (count) => {
  test("each is picked equally often", () => {
    const restore = useScheduler({ random: seeded(count) });
    const chans = Array.from({ length: count }, () => {
      const c = chan<number>();
      c.close();
      return c;
    });
    const rounds = 6000;
    const picked = new Map<string, number>();
    for (let i = 0; i < rounds; i++) {
      const it = trySelect(Object.fromEntries(chans.map((c, k) => [`c${k}`, receiving(c)])));
      picked.set(it?.case ?? "", (picked.get(it?.case ?? "") ?? 0) + 1);
    }
    restore();
    // Chi-square with count - 1 degrees of freedom; 25 is far beyond the 0.999 quantile of all three.
    const expected = rounds / count;
    const chi = chans
      .map((_, k) => ((picked.get(`c${k}`) ?? 0) - expected) ** 2 / expected)
      .reduce((a, b) => a + b);
    expect(picked.size).toBe(count);
    expect(chi).toBeLessThan(25);
  });
});

test("trySelect never blocks and leaves no waiter behind", () => {
  const c = chan<number>();
  expect(trySelect({ in: receiving(c), out: sending(c, 1) })).toBeUndefined();
  expect(waiters(c)).toEqual(NO_WAITERS);
});

test("a select that blocks is served after those that blocked before it", async () => {
  const c = chan<number>();
  const order: string[] = [];
  go(async () => {
    await c.recv();
    order.push("recv");
  });
  go(async () => {
    await select({ c: receiving(c) });
    order.push("select");
  });
  await c.send(1);
  await c.send(2);
  await c.trySend(3);
  expect(order[0]).toBe("recv");
});

test("the fibonacci of the talk ends by quit", async () => {
  const c = chan<number>();
  const quit = chan<number>();
  const got: (number | undefined)[] = [];
  go(async () => {
    for (let i = 0; i < 10; i++) got.push((await c.recv())[0]);
    await quit.send(0);
  });
  let [x, y] = [0, 1];
  for (let isOn = true; isOn; ) {
    const it = await select({ c: sending(c, x), quit: receiving(quit) });
    if (it.case === "c") [x, y] = [y, x + y];
    else isOn = false;
  }
  expect(got).toEqual([0, 1, 1, 2, 3, 5, 8, 13, 21, 34]);
});

test("a select of two cases after one of three leaves those alone that wait on the third chan", async () => {
  const [a, b, x] = [chan<number>(), chan<number>(), chan<number>()];
  const long = select({ a: receiving(a), b: receiving(b), x: receiving(x) });
  await a.send(1);
  await long;
  const waiting = x.recv();
  const short = select({ a: receiving(a), b: receiving(b) });
  await a.send(2);
  await short;
  await x.send(3);
  expect(await waiting).toEqual([3, true]);
});
