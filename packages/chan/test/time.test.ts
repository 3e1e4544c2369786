/** sleep, after, tick, WaitGroup, Group, contexts and merge, all under fake time. */

import { expect, test } from "vitest";
import {
  after,
  CanceledError,
  chan,
  DeadlineExceededError,
  Group,
  go,
  merge,
  type RecvChan,
  receiving,
  select,
  sleep,
  tick,
  trySelect,
  WaitGroup,
  withCancel,
  withTimeout,
} from "../src/index.ts";
import { realScheduler } from "../src/scheduler.ts";
import { bubble, useScheduler } from "../src/testing/index.ts";
import { seen, waiters } from "./kit.ts";

const startMs = 0;

test("after gives the time once, when it is due", () =>
  bubble(
    async () => {
      const c = after(100);
      expect(c.tryRecv()).toBeUndefined();
      expect(await c.recv()).toEqual([100, true]);
      const it = await select({ again: receiving(c), later: receiving(after(50)) });
      expect(it).toEqual({ case: "later", value: 150, ok: true });
    },
    { startMs },
  ));

const looks: Record<string, (c: RecvChan<number>) => unknown> = {
  len: (c) => c.len,
  tryRecv: (c) => c.tryRecv(),
  trySelect: (c) => trySelect({ c: receiving(c) }),
};
for (const [name, look] of Object.entries(looks))
  test(`after and tick give each time once, also when one routine looks while two wait: ${name}`, () =>
    bubble(
      async () => {
        const isDue = sleep(10); // Set first, so it fires before the timers of the receivers.
        const [once, beat] = [after(10), tick(10)];
        const first = once.recv();
        void once.recv();
        const beats = [beat.recv(), beat.recv()];
        await isDue;
        look(once);
        look(beat);
        expect(await first).toEqual([10, true]);
        expect(await Promise.all(beats)).toEqual([
          [10, true],
          [20, true],
        ]);
        expect(waiters(once).recv).toBe(1);
      },
      { startMs },
    ));

test("an after on which no routine waited still gives its time later", () =>
  bubble(
    async () => {
      const c = after(10);
      await sleep(100);
      expect(c.len).toBe(1);
      expect(c.tryRecv()).toEqual([10, true]);
      expect(c.len).toBe(0);
    },
    { startMs },
  ));

test("a timer that loses its select is dropped, and one that is never read is never set", async () => {
  let set = 0;
  let dropped = 0;
  const restore = useScheduler({
    setTimer: () => {
      set++;
      return () => {
        dropped++;
      };
    },
  });
  const c = chan<number>();
  const beat = tick(1000);
  for (let i = 0; i < 10; i++) {
    const it = select({ c: receiving(c), timeout: receiving(after(60_000)), beat: receiving(beat) });
    await c.send(i);
    expect(await it).toEqual({ case: "c", value: i, ok: true });
  }
  after(5);
  restore();
  expect([set, dropped]).toEqual([20, 20]);
});

test("tick keeps its beat, and a slow receiver loses beats", () =>
  bubble(
    async () => {
      const beat = tick(10);
      expect(await beat.recv()).toEqual([10, true]);
      expect(await beat.recv()).toEqual([20, true]);
      await sleep(35);
      expect(await beat.recv()).toEqual([30, true]);
      expect(await beat.recv()).toEqual([60, true]);
      beat.stop();
      expect((await select({ beat: receiving(beat), end: receiving(after(100)) })).case).toBe("end");
    },
    { startMs },
  ));

test("two routines that wait on one tick get a beat each", () =>
  bubble(
    async () => {
      const beat = tick(10);
      expect(await Promise.all([beat.recv(), beat.recv()])).toEqual([
        [10, true],
        [20, true],
      ]);
    },
    { startMs },
  ));

test("six routines that sleep a second are done after one second", () =>
  bubble(
    async () => {
      const group = new WaitGroup();
      const start = after(0);
      for (let i = 0; i < 6; i++) group.go(() => sleep(1000));
      await group.wait();
      await start.recv();
      expect(await after(0).recv()).toEqual([1000, true]);
    },
    { startMs },
  ));

test("WaitGroup wakes every waiter at zero, can be used again, and refuses to go below", async () => {
  const group = new WaitGroup();
  await group.wait();
  for (let round = 0; round < 2; round++) {
    group.add(2);
    const waits = [group.wait(), group.wait()];
    group.done();
    expect(await seen(waits[0] as Promise<void>)).toEqual({ state: "pending" });
    group.done();
    await Promise.all(waits);
  }
  expect(() => group.done()).toThrow("sync: negative WaitGroup counter");
});

test("Group throws the first error and cancels the rest", () =>
  bubble(async () => {
    const group = new Group();
    const ended: string[] = [];
    group.go(async (ctx) => {
      await chan<never>()
        .recv(ctx)
        .catch((error) => ended.push(`cancelled by ${(error as Error).message}`));
    });
    group.go(async () => {
      await sleep(10);
      throw new Error("first");
    });
    group.go(async () => {
      await sleep(20);
      throw new Error("second");
    });
    await expect(group.wait()).rejects.toThrow("first");
    expect(ended).toEqual(["cancelled by first"]);
    expect(group.context.err).toEqual(new Error("first"));
  }));

test("Group runs no more than its limit at once, and all of them in the end", () =>
  bubble(async () => {
    const group = new Group({ limit: 2 });
    let running = 0;
    let most = 0;
    let ended = 0;
    for (let i = 0; i < 7; i++)
      group.go(async () => {
        most = Math.max(most, ++running);
        await sleep(10);
        running--;
        ended++;
      });
    await group.wait();
    expect([most, ended]).toEqual([2, 7]);
    expect(group.context.err).toBeInstanceOf(CanceledError);
  }));

test("a context ends with its parent, an AbortSignal or another context, and says why", async () => {
  const controller = new AbortController();
  const [parent, cancelParent] = withCancel(controller.signal);
  const [child] = withCancel(parent);
  expect(child.err).toBeUndefined();
  const blocked = chan<never>().recv(child);
  const done = child.done.recv();
  controller.abort("from outside");
  expect(await seen(blocked)).toEqual({ state: "error", error: "from outside" });
  expect(await done).toEqual([undefined, false]);
  expect([parent.err, child.err]).toEqual(["from outside", "from outside"]);
  cancelParent();
  expect(parent.err).toBe("from outside");
  expect(withCancel(parent)[0].err).toBe("from outside");
});

test("cancel ends the children but not the parent", () => {
  const [parent] = withCancel();
  const [child, cancel] = withCancel(parent);
  cancel();
  expect(child.err).toEqual(new CanceledError());
  expect(child.signal.aborted).toBe(true);
  expect(parent.err).toBeUndefined();
});

test("a deadline ends the context; a cancel before drops the timer", () =>
  bubble(async () => {
    const [late] = withTimeout(undefined, 100);
    const [early, cancel] = withTimeout(late, 50);
    cancel();
    expect(await late.done.recv()).toEqual([undefined, false]);
    expect(late.err).toEqual(new DeadlineExceededError());
    expect(early.err).toEqual(new CanceledError());
  }));

test("merge gives every value of every source and closes after the last", async () => {
  const sources = [chan<number>(), chan<number>(3), chan<number>()];
  sources.forEach((c, i) => {
    go(async () => {
      for (let k = 0; k < 4; k++) await c.send(i * 10 + k);
      c.close();
    });
  });
  const got: number[] = [];
  for await (const v of merge(...sources)) got.push(v);
  expect(got.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]);
  expect(await merge().recv()).toEqual([undefined, false]);
});

test("a deadline in the past has ended the context at once", () =>
  bubble(() => {
    for (const ms of [0, -5]) expect(withTimeout(undefined, ms)[0].err).toBeInstanceOf(DeadlineExceededError);
  }));

test("Group with a limit starts its routines also when one has failed, as long as there is a place", () =>
  bubble(async () => {
    const group = new Group({ limit: 2 });
    let ran = 0;
    group.go(() => Promise.reject(new Error("first")));
    await sleep(1);
    group.go(() => ran++);
    await expect(group.wait()).rejects.toThrow("first");
    expect(ran).toBe(1);
  }));

test("Infinity is never: nothing fires, and waiting for it is a deadlock", async () => {
  await expect(bubble(() => sleep(Number.POSITIVE_INFINITY))).rejects.toThrow("all goroutines are asleep");
  await expect(bubble(() => after(Number.POSITIVE_INFINITY).recv())).rejects.toThrow("chan receive (timer)");
  await expect(bubble(() => tick(Number.POSITIVE_INFINITY).recv())).rejects.toThrow("chan receive (timer)");
  const main = async () => {
    const [context] = withTimeout(undefined, Number.POSITIVE_INFINITY);
    const it = await select({ done: receiving(context.done), late: receiving(after(1000)) });
    return [it, context.err];
  };
  expect(await bubble(main, { startMs })).toEqual([{ case: "late", value: 1000, ok: true }, undefined]);
});

test("Infinity is never on the real clock too, and keeps no program alive", async () => {
  const timeouts = process.getActiveResourcesInfo().filter((name) => name === "Timeout");
  const drop = realScheduler.setTimer(() => expect.fail("it fired"), Number.POSITIVE_INFINITY);
  expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout")).toEqual(timeouts);
  drop();
});
