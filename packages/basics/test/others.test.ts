/** What the chapters say of AbortController, async iterators and p-queue: what they do, and where they stop. */
import { EventEmitter, on } from "node:events";
import { chan, go, receiving, select } from "@shirts/chan";
import PQueue from "p-queue";
import { describe, expect, test } from "vitest";

/** Every routine and promise that can go on has gone on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("an async generator", () => {
  test("goes on when it is asked, as a sender on a chan without a buffer does", async () => {
    const lines: string[] = [];
    async function* sender() {
      lines.push("here is a shirt");
      yield "a shirt";
      lines.push("I go on");
    }
    const shirts = sender();
    expect(lines).toEqual([]);
    expect(await shirts.next()).toEqual({ value: "a shirt", done: false });
    expect(lines).toEqual(["here is a shirt"]);
    await shirts.next();
    expect(lines).toEqual(["here is a shirt", "I go on"]);
  });

  test("has one sender: what others want to give needs a queue of your own, or a chan", async () => {
    const c = chan<number>();
    for (const n of [1, 2, 3]) go(() => c.send(n));
    async function* fromChan() {
      for (let left = 3; left > 0; left--) yield (await c.recv())[0];
    }
    const got: unknown[] = [];
    for await (const n of fromChan()) got.push(n);
    expect(got).toEqual([1, 2, 3]);
  });

  test("is asked once too often by a race, and the value is gone, as with recv", async () => {
    async function* numbers() {
      yield 1;
      yield 2;
    }
    const source = numbers();
    let arrive = (): void => {};
    const slow = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const late = slow.then(() => source.next());
    expect(await Promise.race([late, Promise.resolve("timeout")])).toBe("timeout");
    arrive();
    await settled();
    expect(await source.next()).toEqual({ value: 2, done: false });
  });

  test("`return` of one that waits comes after the wait: nobody can stop it in the middle", async () => {
    let arrive = (): void => {};
    async function* waiting() {
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      yield 1;
    }
    const source = waiting();
    const asked = source.next();
    let isStopped = false;
    const stopped = source.return(undefined).then(() => {
      isStopped = true;
    });
    await settled();
    expect(isStopped).toBe(false);
    arrive();
    expect(await asked).toEqual({ value: 1, done: false });
    await stopped;
  });
});

test("events.on keeps every event for a slow reader, and its sender never waits", async () => {
  const emitter = new EventEmitter();
  const events = on(emitter, "shirt");
  for (let n = 1; n <= 1000; n++) emitter.emit("shirt", n);
  expect((await events.next()).value).toEqual([1]);
  expect((await events.next()).value).toEqual([2]);
  await events.return?.();
});

describe("p-queue", () => {
  test("runs so many at once, and takes any number without making anybody wait", async () => {
    const gate = chan<never>();
    const queue = new PQueue({ concurrency: 2 });
    for (let n = 0; n < 100; n++) void queue.add(async () => void (await gate.recv()));
    expect([queue.pending, queue.size]).toEqual([2, 98]);
    gate.close();
    await queue.onIdle();
  });

  test("an abort takes a waiting job out, and does not stop one that runs and does not look", async () => {
    const gate = chan<never>();
    const queue = new PQueue({ concurrency: 1 });
    const controller = new AbortController();
    const painted: string[] = [];
    const paint = (shirt: string) => async () => {
      await gate.recv();
      painted.push(shirt);
    };
    const jobs = ["purple", "green"].map((shirt) =>
      queue.add(paint(shirt), { signal: controller.signal }).catch((error: Error) => error.name),
    );
    await settled();
    controller.abort();
    gate.close();
    await queue.onIdle();
    expect(await Promise.all(jobs)).toContain("AbortError");
    expect(painted).toEqual(["purple"]);
  });
});

describe("an AbortSignal", () => {
  test("is one close for all, and a late listener sees it, too", async () => {
    const controller = new AbortController();
    const c = chan<never>();
    const waits = [c, c].map((one) =>
      one.recv({ signal: controller.signal }).catch((reason: unknown) => reason),
    );
    controller.abort("the president has changed his mind");
    expect(await Promise.all(waits)).toEqual(Array(2).fill("the president has changed his mind"));
    expect(controller.signal.aborted).toBe(true);
  });

  test("in a race it ends the wait and leaves the question: the next value is gone", async () => {
    const c = chan<string>();
    const controller = new AbortController();
    const aborted = new Promise<string>((resolve) =>
      controller.signal.addEventListener("abort", () => resolve("aborted")),
    );
    const race = Promise.race([c.recv(), aborted]);
    controller.abort();
    expect(await race).toBe("aborted");
    expect(c.trySend("P1")).toBe(true);
  });

  test("given to recv or select it takes the question back: nothing is gone", async () => {
    for (const ask of [
      (c: ReturnType<typeof chan<string>>, signal: AbortSignal) => c.recv({ signal }),
      (c: ReturnType<typeof chan<string>>, signal: AbortSignal) => select({ c: receiving(c) }, { signal }),
    ]) {
      const c = chan<string>();
      const controller = new AbortController();
      const asked = ask(c, controller.signal).catch(() => "aborted");
      await settled();
      controller.abort();
      expect(await asked).toBe("aborted");
      expect(c.trySend("P1")).toBe(false);
    }
  });
});
