/** The bubble, its clock, and the deadlock report. */

import { describe, expect, test } from "vitest";
import { after, chan, go, nil, receiving, select, sending, sleep, WaitGroup } from "../src/index.ts";
import { registry } from "../src/registry.ts";
import { realScheduler, scheduler } from "../src/scheduler.ts";
import { seeded } from "../src/testing/explore/seeded.ts";
import { bubble, DeadlockError } from "../src/testing/index.ts";

async function deadlock(main: () => Promise<unknown>): Promise<DeadlockError> {
  const error = await bubble(main).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof DeadlockError)) throw new Error(`no deadlock: ${error}`);
  return error;
}

test("time moves only when every routine is blocked, and then to the next timer", async () => {
  const order: string[] = [];
  const result = await bubble(
    async () => {
      const c = chan<string>();
      go(async () => {
        await sleep(3_600_000);
        await c.send("an hour");
      });
      go(async () => {
        for (let i = 0; i < 10_000; i++) await null;
        order.push("busy");
        await sleep(1);
        order.push("1 ms");
      });
      order.push((await c.recv())[0] ?? "");
      return scheduler.now();
    },
    { startMs: 0 },
  );
  expect(order).toEqual(["busy", "1 ms", "an hour"]);
  expect(result).toBe(3_600_000);
});

test("timers of the same time fire in the order in which they were set", () =>
  bubble(async () => {
    const order: number[] = [];
    const group = new WaitGroup();
    for (const i of [0, 1, 2, 3])
      group.go(async () => {
        await sleep(10);
        order.push(i);
      });
    await group.wait();
    expect(order).toEqual([0, 1, 2, 3]);
  }));

test("a bubble starts at midnight UTC 2000-01-01 unless it is given another time", async () => {
  expect(new Date(await bubble(() => scheduler.now())).toISOString()).toBe("2000-01-01T00:00:00.000Z");
});

test("a busy pair of routines yields inside a bubble too, and time stands still", () =>
  bubble(
    async () => {
      const c = chan<number>();
      go(async () => {
        for (let i = 0; i < 20_000; i++) await c.send(i);
        c.close();
      });
      for await (const _ of c);
      expect(scheduler.now()).toBe(0);
    },
    { startMs: 0 },
  ));

test("the same seed makes the same choices", async () => {
  const choicesOf = (seed: number): Promise<string> =>
    bubble(
      async () => {
        const [a, b] = [chan<string>(8), chan<string>(8)];
        for (let i = 0; i < 8; i++) {
          a.trySend("a");
          b.trySend("b");
        }
        let choices = "";
        for (let i = 0; i < 16; i++) {
          const it = await select({ a: receiving(a), b: receiving(b) });
          choices += it.value;
        }
        return choices;
      },
      { random: seeded(seed) },
    );
  expect(await choicesOf(1)).toBe(await choicesOf(1));
  expect(await choicesOf(1)).not.toBe(await choicesOf(2));
});

test("the error of main, and the panic of a routine, end the bubble", async () => {
  await expect(bubble(() => Promise.reject(new Error("main's")))).rejects.toThrow("main's");
  await expect(
    bubble(async () => {
      go(async () => {
        await sleep(5);
        throw new Error("a routine's");
      });
      await sleep(10);
    }),
  ).rejects.toThrow("a routine's");
});

test("bubbles nest, follow each other and leave nothing behind", async () => {
  const before = registry.blocked().length;
  await bubble(
    async () => {
      await sleep(10);
      const inner = await bubble(
        async () => {
          await sleep(1000);
          return scheduler.now();
        },
        { startMs: 5 },
      );
      expect(inner).toBe(1005);
      expect(scheduler.now()).toBe(10);
      await sleep(10);
      expect(scheduler.now()).toBe(20);
      go(() => chan<never>().recv());
    },
    { startMs: 0 },
  );
  await bubble(() => sleep(1));
  expect(scheduler).toBe(realScheduler);
  expect(registry.blocked().length).toBe(before);
});

test("routines left blocked end with the bubble, or are an error when asked", async () => {
  const main = (): void => go(() => chan<never>().recv());
  await bubble(main);
  await expect(bubble(main, { leftovers: "error" })).rejects.toThrow(
    "deadlock: main bubble goroutine has exited but blocked goroutines remain",
  );
});

describe("the deadlock report", () => {
  test("says in Go's words what each routine waits for", async () => {
    const { message, routines } = await deadlock(async () => {
      const c = chan<number>();
      go(() => c.close());
      go(() => chan<number>().send(1));
      go(() => select({ a: receiving(chan<number>()), b: sending(nil<number>(), 1) }));
      go(() => nil<number>().recv());
      go(() => nil<number>().send(1));
      go(async () => {
        for await (const _ of chan<number>());
      });
      await c.recv();
      await select({});
    });
    expect(message).toMatch(/^all goroutines are asleep - deadlock!\n\ngoroutine 1 \[/);
    expect(routines.map((r) => r.waitsFor).sort()).toEqual([
      "chan receive",
      "chan receive (nil chan)",
      "chan send",
      "chan send (nil chan)",
      "select",
      "select (no cases)",
    ]);
  });

  test("names the line of each routine, and the lines that wait for it", async () => {
    const c = chan<number>();
    async function inner(): Promise<void> {
      await c.recv();
    }
    async function outer(): Promise<void> {
      await inner();
    }
    const { routines } = await deadlock(outer);
    expect(routines[0]?.frames[0]).toMatch(/^inner \(.*bubble\.test\.ts:\d+:\d+\)$/);
    expect(routines[0]?.frames[1]).toMatch(/^outer \(.*bubble\.test\.ts:\d+:\d+\)$/);
  });

  test("names the line behind a signal too", async () => {
    const { signal } = new AbortController();
    async function receiver(): Promise<void> {
      await chan<number>().recv({ signal });
    }
    async function selector(): Promise<void> {
      await select({ c: receiving(chan<number>()) }, { signal });
    }
    const { routines } = await deadlock(() => Promise.all([receiver(), selector()]));
    expect(routines.map((r) => r.frames[0]?.split(" ")[0])).toEqual(["receiver", "selector"]);
  });

  test("says so when no function awaits a blocked operation", async () => {
    const { message } = await deadlock(async () => {
      void chan<number>().send(1);
      await chan<number>().recv();
    });
    expect(message).toContain("[chan send]:\n    (no function awaits it)");
  });

  test("says so when main waits for something that is no chan", async () => {
    const { message } = await deadlock(() => new Promise(() => {}));
    expect(message).toContain("No routine waits on a chan");
  });

  test("wakes no routine: what it lists can still be woken", async () => {
    let woken = false;
    const c = chan<number>();
    const { routines } = await deadlock(async () => {
      await c.recv();
      woken = true;
    });
    expect(routines.length).toBe(1);
    expect(woken).toBe(false);
    await c.send(1);
    await after(0).recv();
    expect(woken).toBe(true);
  });
});

test("bubbles side by side are refused", async () => {
  const [first, second] = await Promise.allSettled([bubble(() => sleep(10)), bubble(() => sleep(5))]);
  expect(first.status).toBe("fulfilled");
  expect(second).toMatchObject({ status: "rejected", reason: { message: /another bubble begins/ } });
});

test("a routine of a bubble that ends after it is not counted outside", async () => {
  const before = registry.live;
  const late = new Promise((resolve) => setImmediate(resolve));
  await bubble(() => go(() => late));
  await late;
  await new Promise((resolve) => setImmediate(resolve));
  expect(registry.live).toBe(before);
});

test("a timer from outside a bubble is named by the report", async () => {
  const outside = after(5);
  expect((await deadlock(() => outside.recv())).message).toContain(
    "chan receive (timer made outside this bubble)",
  );
  const inSelect = () => select({ job: receiving(chan<string>()), late: receiving(outside) });
  expect((await deadlock(inSelect)).message).toContain(
    'select (case "late": a timer made outside this bubble)',
  );
});

test("a bubble that waits for something outside of it is told so", async () => {
  const main = () => new Promise<void>((resolve) => realScheduler.setTimer(resolve, 5));
  expect((await deadlock(main)).message).toContain("A bubble waits for no socket, file or real timer.");
});

describe("with bounds a main that never ends is an error", () => {
  const bounds = { timers: 100, busy: 3 };

  test("when a loop is busy and never blocks, and it stays asleep afterwards", async () => {
    const closed = chan<number>();
    closed.close();
    let turns = 0;
    const spin = async () => {
      for (;;) {
        await select({ closed: receiving(closed), never: false });
        turns++;
      }
    };
    await expect(bubble(spin, { bounds })).rejects.toThrow("bubble: a loop never waits");
    const before = turns;
    await new Promise((resolve) => realScheduler.yield(() => resolve(undefined)));
    expect(turns).toBe(before);
  });

  test("when it sleeps again and again", async () => {
    const poll = async () => {
      for (;;) await sleep(10);
    };
    await expect(bubble(poll, { bounds })).rejects.toThrow("bubble: main has not ended after 100 timers");
  });

  test("and one that ends is none", async () => {
    const main = async () => {
      for (let i = 0; i < 99; i++) await sleep(1);
      return "home";
    };
    expect(await bubble(main, { bounds })).toBe("home");
  });
});
