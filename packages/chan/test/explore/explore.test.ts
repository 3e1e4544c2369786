/** What explore finds, what it says, and what it leaves behind. */

import { describe, expect, test, vi } from "vitest";
import { after, chan, go, receiving, select, sleep, WaitGroup } from "../../src/index.ts";
import { registry } from "../../src/registry.ts";
import { realScheduler, scheduler, yieldByMessage } from "../../src/scheduler.ts";
import { readChoices, writeChoices } from "../../src/testing/explore/choices.ts";
import {
  bubble,
  DeadlockError,
  ExploreError,
  type ExploreOptions,
  explore,
} from "../../src/testing/index.ts";

async function broken(program: () => unknown, options?: ExploreOptions): Promise<ExploreError> {
  const error = await explore(program, options).then(
    (result) => new Error(`nothing was found in ${result.orders} orders`),
    (error: unknown) => error,
  );
  if (!(error instanceof ExploreError)) throw error;
  return error;
}

async function refusal(program: () => unknown, options?: ExploreOptions): Promise<string> {
  const error = await explore(program, options).then(
    () => undefined,
    (error: unknown) => error,
  );
  return `${(error as Error)?.name}: ${(error as Error)?.message}`;
}

/** Routines that do nothing but `count` operations each, none of which waits. */
function busy(routines: number, count: number): () => void {
  return () => {
    for (let i = 0; i < routines; i++)
      go(async () => {
        const c = chan<number>(count);
        for (let n = 0; n < count; n++) await c.send(n);
      });
  };
}

describe("an order breaks a program when", () => {
  const mistake = new Error("a mistake");

  test("main throws", async () => {
    const error = await broken(() => {
      throw mistake;
    });
    expect(error).toMatchObject({ kind: "error", orders: 1, cause: mistake, replay: "0" });
  });

  test("a routine panics", async () => {
    const error = await broken(async () => {
      go(() => Promise.reject(mistake));
      await sleep(1);
    });
    expect(error).toMatchObject({ kind: "panic", cause: mistake });
  });

  test("all are asleep: the report names their lines", async () => {
    async function asleep(): Promise<void> {
      await chan<number>().recv();
    }
    const error = await broken(() => asleep());
    expect(error.kind).toBe("deadlock");
    expect(error.cause).toBeInstanceOf(DeadlockError);
    expect(error.message).toMatch(/goroutine 1 \[chan receive\]:\n {4}at asleep \(.*explore\.test\.ts:\d+/);
  });

  test("a routine is left behind, and not when that is nobody's business", async () => {
    const main = (): void => go(() => chan<number>().recv());
    expect((await broken(main)).kind).toBe("left behind");
    expect(await explore(main, { leftovers: "end" })).toMatchObject({ orders: 1, isAll: true });
  });

  test("a routine waits for ever for a promise of its own", async () => {
    expect((await broken(() => go(() => new Promise(() => {})))).kind).toBe("left behind");
    expect((await broken(() => new Promise(() => {}))).kind).toBe("deadlock");
  });

  test("a rejection is not handled, and the test runner does not see it", async () => {
    const runner = vi.fn();
    process.on("unhandledRejection", runner);
    const listeners = process.listeners("unhandledRejection");
    const error = await broken(() => void Promise.reject(mistake));
    expect(error).toMatchObject({ kind: "unhandled", cause: mistake });
    expect(process.listeners("unhandledRejection")).toEqual(listeners);
    process.removeListener("unhandledRejection", runner);
    expect(runner).not.toHaveBeenCalled();
  });

  test("it has no end", async () => {
    const error = await broken(async () => {
      const c = chan<number>(1);
      for (;;) {
        await c.send(1);
        await c.recv();
      }
    });
    expect(error).toMatchObject({ kind: "no end", steps: 1000 });
    expect(error.message).toContain("this order has not ended after 1000 steps");
    expect(error.table.split("\n").length).toBeLessThan(70);
  });

  test("it has no end in any order: no minute is spent to make it small", { timeout: 20_000 }, async () => {
    const forever = async (): Promise<void> => {
      const c = chan<number>(1);
      for (;;) {
        await c.send(1);
        await c.recv();
      }
    };
    const error = await broken(() => {
      go(forever);
      go(forever);
    });
    expect(error).toMatchObject({ kind: "no end", preemptions: 0 });
  });

  test("a receive on a chan of no time waits for ever", async () => {
    expect((await broken(() => after(Number.POSITIVE_INFINITY).recv())).kind).toBe("deadlock");
  });
});

describe("what is explored", () => {
  test("code that is called without go is part of the routine that calls it, and its operations come in any order too", async () => {
    const seen = new Set<string>();
    await explore(async () => {
      let order = "";
      const c = chan<string>(2);
      const add = async (name: string): Promise<void> => {
        await c.send(name);
        order += name;
      };
      await Promise.all([add("a"), add("b")]);
      seen.add(order);
    });
    expect([...seen].sort()).toEqual(["ab", "ba"]);
  });

  test("awaits of promises that are not chan's are no choice: the code between two operations is one piece", async () => {
    let most = 0;
    const result = await explore(() => {
      let inside = 0;
      for (let i = 0; i < 3; i++)
        go(async () => {
          inside++;
          for (let n = 0; n < 10; n++) await null;
          most = Math.max(most, inside);
          inside--;
        });
    });
    expect(result.orders).toBe(6);
    expect(most).toBe(1);
  });

  test("a sleep of no time is a choice: others may go first, or not", async () => {
    const seen = new Set<number>();
    await explore(async () => {
      let n = 0;
      go(() => {
        n = 1;
      });
      await sleep(0);
      seen.add(n);
    });
    expect([...seen].sort()).toEqual([0, 1]);
  });

  test("time is fake, starts where it is told to, and stands still while a routine can go on", async () => {
    const startMs = 5;
    const program = async (): Promise<void> => {
      go(() => sleep(3_600_000));
      await sleep(10);
      expect(scheduler.now()).toBe(15);
    };
    expect(await explore(program, { startMs })).toMatchObject({ isAll: true });
  });

  test("a timeout and an answer of the same time: both win in some order", async () => {
    const seen = new Set<string>();
    await explore(async () => {
      const answer = chan<number>(1);
      go(async () => {
        await sleep(10);
        await answer.send(1);
      });
      seen.add((await select({ answer: receiving(answer), late: receiving(after(10)) })).case);
    });
    expect([...seen].sort()).toEqual(["answer", "late"]);
  });

  test("a program may run a bubble of its own, and explore may run in a bubble", async () => {
    const program = async (): Promise<void> => {
      expect(await bubble(() => sleep(5).then(() => "inner"))).toBe("inner");
      await sleep(1);
    };
    expect(await bubble(() => explore(program))).toMatchObject({ orders: 1 });
  });

  test("it leaves nothing behind", async () => {
    const blocked = registry.blocked().length;
    await broken(() => chan<number>().recv());
    expect(scheduler).toBe(realScheduler);
    expect(registry.blocked().length).toBe(blocked);
  });

  test("without nextTick, as in a browser, the orders are the same", async () => {
    vi.resetModules();
    const drain = (): Promise<void> => new Promise((resolve) => yieldByMessage(resolve));
    vi.doMock("../../src/testing/explore/drain.ts", () => ({ drain, eventLoopTurn: drain }));
    const testing = await import("../../src/testing/index.ts");
    const { chan, go } = await import("../../src/index.ts");
    const program = async (): Promise<void> => {
      const c = chan<number>();
      go(() => c.send(1));
      go(() => c.send(2));
      await c.recv();
      await c.recv();
    };
    expect(await testing.explore(program)).toMatchObject({ orders: 40 });
  });
});

describe("a bound cuts with a word", () => {
  test("all, unless it says so", async () => {
    const { isAll, stopped, distinct, longest } = await explore(busy(2, 1));
    expect([isAll, stopped, distinct, longest]).toEqual([true, undefined, 6, 5]);
  });

  test("limits.orders", async () => {
    const { isAll, stopped } = await explore(busy(2, 1), { limits: { orders: 5 } });
    expect([isAll, stopped]).toEqual([false, "after 5 orders: limits.orders"]);
    expect((await explore(busy(2, 1), { limits: { orders: 6 } })).isAll).toBe(true);
  });

  test("an exploration of too many orders is a BoundError of orders", async () => {
    const error = await explore(busy(4, 4)).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: "BoundError", bound: "orders" });
  });

  test("more orders than all may have, and no limit was given: an error, or a test would pass in silence", async () => {
    expect(await refusal(busy(4, 4))).toMatch(
      /^BoundError: explore: there are more than 20000 orders, and none of these breaks the program\. Take a smaller/,
    );
  });

  test("limits.cutAt", async () => {
    const { stopped, longest } = await explore(busy(2, 1), { limits: { cutAt: 3 } });
    expect([stopped, longest]).toEqual(["4 orders were given up after 3 steps: limits.cutAt", 3]);
  });

  test.each([
    [0, 2],
    [1, 6],
    [2, 14],
    [3, 18],
    [4, 20],
  ])("limits.preemptions: at most %i, which leaves %i of 20 orders", async (preemptions, orders) => {
    const result = await explore(busy(2, 2), { limits: { preemptions } });
    expect(result.orders).toBe(orders);
    expect(result.stopped).toBe(
      orders < 20 ? `at most ${preemptions} preemptions: limits.preemptions` : undefined,
    );
  });

  test("a number of orders", async () => {
    const { orders, distinct, stopped } = await explore(busy(2, 1), { orders: 100, seed: 3 });
    expect([orders, distinct, stopped]).toEqual([100, 6, "after 100 orders: random, seed 3"]);
  });

  test("progress is told", async () => {
    const told: number[] = [];
    await explore(busy(2, 4), { orders: 600, onProgress: ({ orders }) => told.push(orders) });
    expect(told).toEqual([256, 512]);
  });
});

describe("by chance", () => {
  test("the same seed takes the same orders, another seed others", async () => {
    const ordersOf = async (seed: number): Promise<string> => {
      let taken = "";
      const program = (): void => {
        for (const name of "abcd")
          go(() => {
            taken += name;
          });
      };
      await explore(program, { orders: 5, seed });
      return taken;
    };
    expect(await ordersOf(1)).toBe(await ordersOf(1));
    expect(await ordersOf(1)).not.toBe(await ordersOf(2));
  });

  test("pct of depth 1 lets the first one run on: 3 routines have 3! orders, and each more of depth adds some", async () => {
    const distinct = async (depth: number): Promise<number> =>
      (await explore(busy(3, 3), { orders: 300, strategy: "pct", depth })).distinct;
    const [one, two, three] = [await distinct(1), await distinct(2), await distinct(3)];
    expect(one).toBe(6);
    expect(two).toBeGreaterThan(one);
    expect(three).toBeGreaterThan(two);
  });
});

describe("a program that is not the same in each run", () => {
  const line =
    /^DivergedError: explore: [^\n]*: the program is not the same in each run: it must begin anew[^\n]*$/;

  test("is refused in one line, also when nothing breaks", async () => {
    let runs = 0;
    expect(
      await refusal(() => {
        const routines = 2 + (runs++ % 2);
        for (let i = 0; i < routines; i++) go(() => {});
      }),
    ).toMatch(line);
  });

  test("is refused by chance too, and when there is only one way each time", async () => {
    let runs = 0;
    const program = (): void => {
      if (runs++ % 2 === 1) for (const _ of [1, 2]) go(() => {});
    };
    expect(await refusal(program, { orders: 5 })).toMatch(line);
    runs = 0;
    expect(await refusal(program)).toMatch(line);
  });

  test("is refused when only a later run has other ways", async () => {
    let runs = 0;
    const program = (): void => {
      const routines = runs++ < 3 ? 3 : 4;
      for (let i = 0; i < routines; i++) go(() => {});
    };
    expect(await refusal(program)).toMatch(line);
  });

  test("is refused when an order broke it once and not again", async () => {
    let runs = 0;
    expect(
      await refusal(() => {
        if (runs++ === 0) throw new Error("only the first time");
      }),
    ).toMatch(line);
  });

  test("a replay that does not fit says so", async () => {
    expect(await refusal(busy(2, 0), { replay: "2" })).toMatch(line);
    expect(await refusal(busy(2, 0), { replay: "1.1" })).toMatch(line);
  });
});

describe("mistakes of the caller", () => {
  const program = busy(1, 0);
  const cases: [options: object, message: string][] = [
    [{ order: 5 }, 'TypeError: explore: there is no option "order"; there are orders, seed,'],
    [{ orders: 0 }, 'RangeError: explore: orders must be a whole number >= 1 or "all", got 0'],
    [{ orders: "many" }, 'RangeError: explore: orders must be a whole number >= 1 or "all", got many'],
    [{ orders: 5, seed: 0.5 }, "RangeError: explore: seed must be a whole number, got 0.5"],
    [{ orders: 5, strategy: "luck" }, 'TypeError: explore: strategy must be "random" or "pct", got luck'],
    [
      { orders: 5, strategy: "pct", depth: 0 },
      "RangeError: explore: depth must be a whole number >= 1, got 0",
    ],
    [{ strategy: "pct" }, "TypeError: explore: strategy, depth and seed are for a number of orders"],
    [{ orders: 5, limits: { orders: 7 } }, 'TypeError: explore: limits.orders is for orders: "all"'],
    [{ leftovers: "no" }, 'TypeError: explore: leftovers must be "error" or "end", got no'],
    [{ limits: { ms: 5 } }, 'TypeError: explore: there is no limit "ms"; there are orders, steps,'],
    [{ limits: { steps: -1 } }, "RangeError: explore: limits.steps must be a whole number >= 1, got -1"],
    [{ replay: "first" }, 'RangeError: explore: replay must be the text of a counterexample, as in "0.2.1"'],
    [{ replay: "0", orders: 5 }, "TypeError: explore: replay plays one order, so orders"],
    [{ startMs: Number.NaN }, "RangeError: explore: startMs must be a number, got NaN"],
  ];
  test.each(cases)("%j", async (options, message) => {
    expect(await refusal(program, options as ExploreOptions)).toContain(message);
  });

  test("no function", async () => {
    expect(await refusal(undefined as unknown as () => void)).toBe(
      "TypeError: explore: fn must be a function, got undefined",
    );
  });

  test("two explorations at once", async () => {
    const first = explore(program);
    expect(await refusal(program)).toBe(
      "Error: explore: another exploration runs at this moment; await it first",
    );
    await first;
  });
});

describe("the smallest order", () => {
  test("what chance finds has the fewest preemptions and steps in the end, whatever the seed", async () => {
    const program = async (): Promise<void> => {
      let total = 0;
      const c = chan<number>(9);
      const group = new WaitGroup();
      for (let i = 0; i < 3; i++)
        group.go(async () => {
          const before = total;
          await c.send(1);
          total = before + 1;
          await c.send(1);
        });
      await group.wait();
      if (total !== 3) throw new Error(`total is ${total}`);
    };
    for (const seed of [1, 2, 3])
      expect(await broken(program, { orders: 100, seed })).toMatchObject({ preemptions: 1, steps: 11 });
  });

  test("breaks in the way of the order that was found, also when another bug has a smaller one", async () => {
    const program = async (): Promise<void> => {
      let first = "";
      const c = chan<number>(3);
      const group = new WaitGroup();
      for (const name of ["slow", "quick"])
        group.go(() => {
          first ||= name;
        });
      await group.wait();
      if (first === "quick") throw new RangeError("quick");
      for (let i = 0; i < 3; i++) await c.send(i);
      throw new TypeError("slow");
    };
    expect(await broken(program)).toMatchObject({ orders: 1, cause: new TypeError("slow") });
  });

  test("a replay is short, and is read as it was written", () => {
    const choices = [0, 0, 10, 0, 3, 0, 0, 0, 1, 0, 0];
    expect(writeChoices(choices)).toBe("0x2.10.0.3.0x3.1");
    expect(readChoices(writeChoices(choices))).toEqual(choices.slice(0, 9));
    expect(writeChoices([0, 0])).toBe("0");
    expect(readChoices("0")).toEqual([0]);
  });

  test("replay plays it again, and passes when the program is repaired", async () => {
    let isRepaired = false;
    const program = async (): Promise<void> => {
      const c = chan<string>(2);
      go(() => c.send("a"));
      go(() => c.send("b"));
      const [first] = await c.recv();
      if (first === "b" && !isRepaired) throw new Error("b came first");
      await c.recv();
    };
    const { replay, message } = await broken(program);
    expect(replay).not.toBe("0");
    expect(message).toContain(`Play it again: explore(program, { replay: "${replay}" })`);
    expect(await broken(program, { replay })).toMatchObject({ kind: "error", orders: 1, replay });
    isRepaired = true;
    expect(await explore(program, { replay })).toMatchObject({ orders: 1, stopped: "after 1 order: replay" });
  });
});
