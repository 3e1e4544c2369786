/** Bad input: an error that names the argument. */

import { expect, test } from "vitest";
import {
  after,
  type Chan,
  CloseOfNilChannelError,
  chan,
  Group,
  go,
  merge,
  nil,
  receiving,
  select,
  sending,
  sleep,
  tick,
  trySelect,
  WaitGroup,
  withCancel,
  withTimeout,
} from "../src/index.ts";
import { bubble, useScheduler } from "../src/testing/index.ts";
import { seen } from "./kit.ts";

/** Passes a value that the types forbid, as a program in JavaScript might do. */
const wrong = (value: unknown): never => value as never;

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "3", null])(
  "chan refuses the capacity %s",
  (cap) => {
    expect(() => chan(wrong(cap))).toThrow(/^chan: cap must be a whole number >= 0, got /);
  },
);

test.each([5, "c", {}, Promise.resolve()])("a value where a chan is expected is named: %s", (value) => {
  expect(() => receiving(wrong(value))).toThrow("receiving: source must be a chan");
  expect(() => sending(wrong(value), 1)).toThrow("sending: target must be a chan");
});

test("a chan where a case is expected is named", async () => {
  await expect(select({ jobs: wrong(chan()) })).rejects.toThrow(
    'select: case "jobs" must be made by receiving() or sending()',
  );
  expect(() => trySelect({ jobs: wrong(7) })).toThrow('select: case "jobs" must be made by');
});

test("a case object used twice in one select is named", async () => {
  const c = chan<number>();
  const once = receiving(c);
  const words = 'select: case "y" repeats a case of this select; make one for each name';
  await expect(select({ x: once, y: once })).rejects.toThrow(words);
  expect(() => trySelect({ x: once, y: once })).toThrow(words);
  c.close();
  await expect(select({ x: once, y: once })).rejects.toThrow(words);
});

test("a select of no cases blocks for ever, and the deadlock report names it", async () => {
  expect(await seen(select({}))).toEqual({ state: "pending" });
  await expect(bubble(() => select({}))).rejects.toThrow("select (no cases)");
});

test("a nil chan blocks for ever, is never ready, and close of it throws", async () => {
  const c: Chan<number> = nil<number>();
  for (const blocked of [c.send(1), c.recv(), select({ c: receiving(c), d: sending(c, 1) })])
    expect(await seen(blocked)).toEqual({ state: "pending" });
  expect([c.trySend(1), c.tryRecv(), c.len, c.cap]).toEqual([false, undefined, 0, 0]);
  expect(() => c.close()).toThrow(CloseOfNilChannelError);
  expect(() => c.close()).toThrow("close of nil channel");
});

test("times, counts and functions are checked by name", () => {
  for (const bad of [Number.NaN, "1"]) {
    expect(() => sleep(wrong(bad))).toThrow("sleep: ms must be a number");
    expect(() => after(wrong(bad))).toThrow("after: ms must be a number");
    expect(() => tick(wrong(bad))).toThrow("tick: ms must be a number");
  }
  expect(() => tick(0)).toThrow("tick: ms must be > 0");
  expect(() => new WaitGroup().add(0.5)).toThrow("WaitGroup.add: n must be a whole number");
  expect(() => go(wrong(Promise.resolve()))).toThrow("go: fn must be a function");
});

test("anything but a record of cases is named", async () => {
  for (const bad of [undefined, null, 5, new Map([["c", receiving(chan())]])]) {
    await expect(select(wrong(bad))).rejects.toThrow("select: cases must be a record of cases");
    expect(() => trySelect(wrong(bad))).toThrow("select: cases must be a record of cases");
  }
});

test("a signal of the wrong type is named, and no waiter is left", async () => {
  const c = chan<number>();
  const options = wrong({ signal: new AbortController() });
  expect(() => c.recv(options)).toThrow("recv: signal must be an AbortSignal, got object");
  expect(() => c.send(1, options)).toThrow("send: signal must be");
  expect(() => sleep(1, options)).toThrow("sleep: signal must be");
  expect(() => withCancel(options)).toThrow("withCancel: signal must be");
  await expect(select({ c: receiving(c) }, options)).rejects.toThrow("select: signal must be");
  expect(c.trySend(1)).toBe(false);
  expect(c.tryRecv()).toBeUndefined();
});

test("wrong arguments of merge, groups and contexts are named", () => {
  for (const bad of [5, [chan()], "abc", undefined, false])
    expect(() => merge(chan(), wrong(bad))).toThrow("merge: source 2 must be a chan, got");
  for (const limit of [-1, 0, 0.5, Number.NaN, "2"])
    expect(() => new Group({ limit: wrong(limit) })).toThrow("Group: limit must be a whole number >= 1, got");
  expect(() => new Group().go(wrong(5))).toThrow("Group.go: fn must be a function");
  expect(() => new WaitGroup().go(wrong(5))).toThrow("WaitGroup.go: fn must be a function");
  expect(() => withTimeout(undefined, Number.NaN)).toThrow("withTimeout: ms must be a number");
});

test("schedulers that end out of order are an error", () => {
  const first = useScheduler({});
  const second = useScheduler({});
  expect(first).toThrow("a scheduler that began later is still in place");
  second();
  first();
});

test("a chan of another copy of the package is named", async () => {
  const again = "../src/chan.ts?again";
  const copy: typeof import("../src/chan.ts") = await import(again);
  expect(() => receiving(copy.chan<number>())).toThrow(
    "receiving: source must be a chan, got a chan of another copy of @shirts/chan",
  );
  expect(() => merge(chan(), copy.chan())).toThrow("install and bundle the package once");
});

test("a select that throws names its case", async () => {
  const [out, closed] = [chan<number>(), chan<number>()];
  const cases = { job: receiving(chan<number>()), first: sending(out, 1), last: sending(closed, 2) };
  const blocked = expect(select(cases)).rejects.toThrow('send on closed channel (case "last" of a select)');
  closed.close();
  await blocked;
  await expect(select(cases)).rejects.toThrow('send on closed channel (case "last" of a select)');
  expect(() => trySelect(cases)).toThrow('(case "last" of a select)');
});
