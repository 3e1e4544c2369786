/** What only JavaScript asks: starvation, unhandled errors, garbage. */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { type Chan, chan, go, receiving, select, sending, sleep, WaitGroup } from "../src/index.ts";
import { registry } from "../src/registry.ts";
import { OPS_PER_LOOK, yieldByMessage } from "../src/scheduler.ts";
import { useScheduler } from "../src/testing/index.ts";
import { eventLoopTurn } from "./kit.ts";

describe("a busy pair of routines", () => {
  /** Each way in which two routines can keep each other busy on microtasks alone. */
  const ways: Record<
    string,
    (c: Chan<number>, isOn: () => boolean) => [() => Promise<void>, () => Promise<void>]
  > = {
    "send and recv": (c, isOn) => [
      async () => {
        while (isOn()) await c.send(1);
      },
      async () => {
        while (isOn()) await c.recv();
      },
    ],
    "the try path before every await": (c, isOn) => [
      async () => {
        while (isOn()) if (!c.trySend(1)) await c.send(1);
      },
      async () => {
        while (isOn()) c.tryRecv() ?? (await c.recv());
      },
    ],
    "select and for await": (c, isOn) => [
      async () => {
        while (isOn()) await select({ c: sending(c, 1) });
      },
      async () => {
        for await (const _ of c) if (!isOn()) return;
      },
    ],
    "a closed chan": (c, isOn) => [
      async () => {
        c.close();
      },
      async () => {
        while (isOn()) await c.recv();
      },
    ],
    "the iterator of a closed chan": (c, isOn) => [
      async () => c.close(),
      async () => {
        while (isOn()) await c[Symbol.asyncIterator]().next();
      },
    ],
  };
  const closed = chan<number>();
  closed.close();
  const aborted = { signal: AbortSignal.abort("aborted") };
  const refused: Record<string, () => Promise<unknown>> = {
    "a send on a closed chan": () => closed.send(1),
    "a select that sends on a closed chan": () => select({ closed: sending(closed, 1) }),
    "a receive with an aborted signal": () => chan().recv(aborted),
    "a select with an aborted signal": () => select({}, aborted),
    "a sleep with an aborted signal": () => sleep(1, aborted),
    "a wait for a group of none": () => new WaitGroup().wait(),
    "a send that a close ends": () => {
      const c = chan<number>();
      const sent = c.send(1);
      c.close();
      return sent;
    },
    "a receive that an abort ends": () => {
      const controller = new AbortController();
      const received = chan().recv(controller);
      controller.abort("now");
      return received;
    },
    "a routine that starts the next one": () => new Promise((resolve) => go(() => resolve(undefined))),
  };
  for (const [name, way] of Object.entries(refused))
    test(`lets timers run: ${name}, again and again`, async () => {
      let isOn = true;
      const ended = (async () => {
        while (isOn) await way().catch(() => {});
      })();
      await new Promise((resolve) => setTimeout(resolve, 1));
      isOn = false;
      await ended;
    });

  for (const [name, way] of Object.entries(ways))
    test.each([0, 4])(`lets timers run: ${name}, capacity %i`, async (cap) => {
      const c = chan<number>(cap);
      let isOn = true;
      for (const routine of way(c, () => isOn)) void routine();
      await new Promise((resolve) => setTimeout(resolve, 1));
      isOn = false;
      expect(isOn).toBe(false);
      await eventLoopTurn();
    });
});

test("routines yield to the event loop after the same number of operations in every run", async () => {
  const places: number[] = [];
  for (let round = 0; round < 2; round++) {
    const c = chan<number>(1);
    let ops = 0;
    const restore = useScheduler({
      yield: (resume) => {
        places.push(ops);
        setImmediate(resume);
      },
    });
    for (; ops < 10_000; ops++) await (ops % 2 === 0 ? c.send(ops) : c.recv());
    restore();
  }
  expect(places).toEqual([OPS_PER_LOOK - 1, 2 * OPS_PER_LOOK - 1, OPS_PER_LOOK - 1, 2 * OPS_PER_LOOK - 1]);
});

test("when an event-loop turn has had its share, a value that goes round a ring of routines stops where it is", async () => {
  let hops = 0;
  const beyond: number[] = [];
  const restore = useScheduler({
    yield: (resume) => {
      const before = hops;
      setImmediate(() => {
        beyond.push(hops - before);
        resume();
      });
    },
  });
  const chans = Array.from({ length: 100 }, () => chan<number>());
  for (const [i, from] of chans.entries()) {
    const to = chans[(i + 1) % chans.length] ?? from;
    go(async () => {
      for await (const left of from) {
        hops++;
        if (left === 0) for (const c of chans) c.close();
        else await to.send(left - 1);
      }
    });
  }
  await chans[0]?.send(10_000);
  while (hops <= 10_000) await eventLoopTurn();
  restore();
  expect(beyond.length).toBeGreaterThan(3);
  expect(Math.max(...beyond)).toBeLessThanOrEqual(1);
});

describe("go", () => {
  test("starts its routine later, in the order of the calls, with its arguments", async () => {
    const order: string[] = [];
    go((name: string, n: number) => order.push(name + n), "a", 1);
    go(async (name: string) => order.push(name), "b");
    order.push("main");
    await eventLoopTurn();
    expect(order).toEqual(["main", "a1", "b"]);
  });

  test("hands an unhandled error to the scheduler, thrown at once or later", async () => {
    const crashes: unknown[] = [];
    const restore = useScheduler({ crash: (error) => crashes.push(error) });
    go(() => {
      throw "at once";
    });
    go(async () => {
      await null;
      throw "later";
    });
    go(() => Promise.reject("rejected"));
    await eventLoopTurn();
    restore();
    expect(crashes.sort()).toEqual(["at once", "later", "rejected"]);
  });
});

test("what a closed chan returns is the receiver's own", async () => {
  const c = chan<number>();
  c.close();
  const mine = (await c.recv()) as unknown as unknown[];
  mine[0] = 42;
  expect([await c.recv(), c.tryRecv(), await c[Symbol.asyncIterator]().next()]).toEqual([
    [undefined, false],
    [undefined, false],
    { value: undefined, done: true },
  ]);
});

test("a receiver that a value woke runs before one that the close woke, at every capacity", async () => {
  for (const cap of [0, 1]) {
    const c = chan<number>(cap);
    const order: unknown[] = [];
    for (let i = 0; i < 2; i++) void c.recv().then(([v]) => order.push(v));
    c.trySend(1);
    c.close();
    await eventLoopTurn();
    expect(order).toEqual([1, undefined]);
  }
});

test("in a browser the next event-loop turn comes by a message", async () => {
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    yieldByMessage(() => {
      order.push("turn");
      resolve();
    });
    queueMicrotask(() => order.push("microtask"));
    order.push("now");
  });
  expect(order).toEqual(["now", "microtask", "turn"]);
});

test("a woken routine is no longer registered as blocked", async () => {
  const before = registry.blocked().length;
  const c = chan<number>();
  const blocked = [c.recv(), select({ c: receiving(c) }), c[Symbol.asyncIterator]().next()];
  expect(registry.blocked().length).toBe(before + 3);
  for (const _ of blocked) await c.send(1);
  const sends = [c.send(1), c.send(2)];
  expect(registry.blocked().length).toBe(before + 2);
  await c.recv();
  c.close();
  await expect(sends[1]).rejects.toThrow("send on closed channel");
  await Promise.all(blocked);
  expect(registry.blocked().length).toBe(before);
});

test("what a routine left in the queues keeps no value alive", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const c = chan<object>();
  const never = chan<object>();
  const refs: WeakRef<object>[] = [];
  const value = (): object => {
    const it = {};
    refs.push(new WeakRef(it));
    return it;
  };
  await (async () => {
    const recvs = [c.recv(), select({ never: receiving(never), c: receiving(c) })];
    for (const _ of recvs) await c.send(value());
    const sends = [c.send(value()), select({ c: sending(c, value()), never: sending(never, value()) })];
    for (const _ of sends) await c.recv();
    await Promise.all([...recvs, ...sends]);
  })();
  await eventLoopTurn();
  collect();
  expect(refs.map((ref) => ref.deref())).toEqual(refs.map(() => undefined));
});
