/** What an AbortSignal does to an operation, and what it leaves behind. */

import { describe, expect, test } from "vitest";
import {
  type Cancellable,
  chan,
  receiving,
  select,
  sending,
  sleep,
  WaitGroup,
  withCancel,
} from "../src/index.ts";
import { registry } from "../src/registry.ts";
import { seen, waiters } from "./kit.ts";

describe("an aborted", () => {
  const c = chan<number>();
  const never = chan<number>();
  const ways: Record<string, (options: Cancellable) => Promise<unknown>> = {
    send: (options) => c.send(1, options),
    recv: (options) => c.recv(options),
    select: (options) => select({ in: receiving(never), out: sending(c, 1) }, options),
    "select of no cases": (options) => select({}, options),
    sleep: (options) => sleep(60_000, options),
    "wait for a group": (options) => {
      const group = new WaitGroup();
      group.add();
      return group.wait(options);
    },
  };
  for (const [name, way] of Object.entries(ways))
    test(`${name} throws the signal's reason and leaves no waiter and no listener behind`, async () => {
      const { signal, abort, listeners } = counted();
      const before = registry.blocked().length;
      const blocked = way({ signal });
      expect(listeners()).toBe(1);
      abort("my reason");
      expect(await seen(blocked)).toEqual({ state: "error", error: "my reason" });
      expect(listeners()).toBe(0);
      expect([waiters(c), waiters(never)]).toEqual(Array(2).fill({ recv: 0, send: 0 }));
      expect(registry.blocked().length).toBe(before);
      expect(await seen(way({ signal }))).toEqual({ state: "error", error: "my reason" });
      expect(listeners()).toBe(0);
    });

  for (const cap of [0, 1])
    test(`receive that was woken in the same stretch keeps its value, and the one behind it waits on (cap ${cap})`, async () => {
      const { signal, abort, listeners } = counted();
      const c = chan<number>(cap);
      const first = c.recv({ signal });
      const second = c.recv();
      expect(c.trySend(1)).toBe(true);
      abort("too late");
      expect(listeners()).toBe(0);
      expect(c.trySend(2)).toBe(true);
      expect([await first, await second]).toEqual([
        [1, true],
        [2, true],
      ]);
    });

  test("signal that never aborts keeps no listener once the operation is done", async () => {
    const { signal, listeners } = counted();
    for (const [start, partner] of [
      [() => c.send(1, { signal }), () => c.recv()],
      [() => c.recv({ signal }), () => c.send(1)],
      [() => select({ c: receiving(c), never: receiving(never) }, { signal }), () => c.send(1)],
    ] as const) {
      const blocked = start();
      expect(listeners()).toBe(1);
      await partner();
      await blocked;
      expect(listeners()).toBe(0);
    }
    await sleep(0, { signal });
    expect(listeners()).toBe(0);
  });

  test("signal has one listener for all operations that it may end", async () => {
    const { signal, abort, listeners } = counted();
    const d = chan<number>();
    const [context] = withCancel(signal);
    const blocked = Array.from({ length: 20 }, (_, i) =>
      i % 3 === 0
        ? d.recv({ signal })
        : i % 3 === 1
          ? select({ d: receiving(d) }, { signal })
          : sleep(60_000, { signal }),
    );
    expect(listeners()).toBe(1);
    await d.send(1);
    expect(await blocked[0]).toEqual([1, true]);
    expect(listeners()).toBe(1);
    abort("all of you");
    const ended = await Promise.allSettled(blocked.slice(1));
    expect(ended).toEqual(ended.map(() => ({ status: "rejected", reason: "all of you" })));
    expect([listeners(), waiters(d).recv, context.err]).toEqual([0, 0, "all of you"]);
  });

  test("signal keeps no listener when close makes the send throw", async () => {
    const { signal, listeners } = counted();
    const d = chan<number>();
    const sends = [d.send(1, { signal }), select({ d: sending(d, 1) }, { signal })];
    expect(listeners()).toBe(1);
    d.close();
    for (const send of sends) await expect(send).rejects.toThrow("send on closed channel");
    expect(listeners()).toBe(0);
  });
});

/** An AbortSignal that knows how many listeners it has. */
function counted(): { signal: AbortSignal; abort: (reason: unknown) => void; listeners: () => number } {
  const controller = new AbortController();
  const { signal } = controller;
  let count = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    count++;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    count--;
    remove(...args);
  };
  return { signal, abort: (reason) => controller.abort(reason), listeners: () => count };
}
