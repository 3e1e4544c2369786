/** What the deadlock report knows: the routines that are blocked, whichever queues came and went. */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { type Chan, chan, go, receiving, select, sleep } from "../src/index.ts";
import { enterRegistry, Registry, registry } from "../src/registry.ts";
import { bubble } from "../src/testing/index.ts";
import { WaitQueue } from "../src/wait-queue.ts";
import { eventLoopTurn, ticks } from "./kit.ts";

/** Makes a chan on which a routine blocks once, and nobody after it. */
async function useOnce(): Promise<Chan<number>> {
  const c = chan<number>();
  go(() => c.recv());
  await ticks();
  await c.send(1);
  return c;
}

/** What the routines wait for that are blocked in a registry of their own. */
async function blockedAfter(program: () => Promise<unknown>): Promise<string[]> {
  const mine = new Registry();
  const leave = enterRegistry(mine);
  try {
    await program();
    await ticks();
    return mine.blocked().map(({ waitsFor }) => waitsFor);
  } finally {
    leave();
  }
}

test("a routine stays in the report however many chans come and go after it", async () => {
  const asleep = await blockedAfter(async () => {
    go(() => chan<number>().recv());
    for (let i = 0; i < 1000; i++) await useOnce();
    go(() => chan<number>().send(1));
  });
  expect(asleep).toEqual(["chan receive", "chan send"]);
});

test("a chan that was not used for long is known when a routine blocks on it again", async () => {
  const asleep = await blockedAfter(async () => {
    const early = await useOnce();
    for (let i = 0; i < 1000; i++) await useOnce();
    go(() => early.recv());
  });
  expect(asleep).toEqual(["chan receive"]);
});

test("routines are listed in the order in which they blocked, not in that of their queues", async () => {
  const asleep = await blockedAfter(async () => {
    const [a, b] = [await useOnce(), await useOnce()];
    go(() => select({ b: receiving(b) }));
    go(() => select({}));
    go(() => a.recv());
    go(() => b.recv());
  });
  expect(asleep).toEqual(["select", "select (no cases)", "chan receive", "chan receive"]);
});

test("a routine is listed once, in the registry in which it blocked, when several know its chan", async () => {
  const shared = await useOnce();
  const before = registry.blocked().length;
  go(() => shared.recv());
  await ticks();
  const asleep = await blockedAfter(async () => {
    go(() => shared.recv());
    go(() => select({ shared: receiving(shared), again: receiving(shared) }));
    await ticks();
    for (const visit of [new Registry(), registry]) {
      const leave = enterRegistry(visit);
      go(() => shared.recv());
      await ticks();
      leave();
    }
  });
  expect(asleep).toEqual(["chan receive", "select", "chan receive"]);
  expect(registry.blocked().length).toBe(before + 1);
  for (let i = 0; i < 5; i++) await shared.send(i);
});

test("a chan from outside on which a routine blocked before is a deadlock inside a bubble", async () => {
  const shared = await useOnce();
  await expect(bubble(() => shared.recv())).rejects.toThrow("goroutine 1 [chan receive]");
  await shared.send(1);
  await bubble(() => sleep(1));
});

test("routines that block on a chan which was used before have a place each", async () => {
  const c = await useOnce();
  const recvs = [c.recv(), c.recv(), c.recv()];
  for (const value of [1, 2, 3]) await c.send(value);
  expect(await Promise.all(recvs)).toEqual([1, 2, 3].map((value) => [value, true]));
  const early = c.send(0);
  await c.recv();
  await early;
  const sends = [c.send(4), c.send(5), c.send(6)];
  for (const value of [4, 5, 6]) expect(await c.recv()).toEqual([value, true]);
  await Promise.all(sends);
});

test("a registry lets go of the queues of chans that nobody uses any more", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const mine = new Registry();
  const refs = Array.from({ length: 1000 }, () => {
    const queue = new WaitQueue("");
    mine.enrol(queue);
    return new WeakRef(queue);
  });
  await eventLoopTurn();
  collect();
  expect(refs.filter((ref) => ref.deref() !== undefined).length).toBeLessThanOrEqual(64);
});
