import { chan, go, sleep, WaitGroup } from "@shirts/chan";
import { expect, test } from "vitest";
import { main } from "../src/goroutines.ts";
import { play } from "../src/play.ts";

test("the goroutines program prints its lesson", async () => {
  const { lines, ms } = await play(main);
  expect(lines).toEqual([
    "-- go and WaitGroup",
    "main: go has returned, but wait has not begun",
    "Wait for 1 sec",
    "-- the same with Promise.all",
    "waitToo: I have begun",
    "main: I hold its promise",
    "Wait for 1 sec",
    "-- a tree of routines",
    "soldier a",
    "soldier aa",
    "soldier ab",
    "soldier aaa",
    "soldier aab",
    "soldier aba",
    "soldier abb",
    "main: all seven are back",
    "-- one thread",
    "polite 1",
    "greedy 1",
    "greedy 2",
    "greedy 3",
    "polite 2",
    "polite 3",
  ]);
  expect(ms).toBe(5020 + 10);
});

test("go returns before the routine runs its first line", async () => {
  const { lines } = await play(async (print) => {
    const done = chan<never>();
    go(() => {
      print("routine");
      done.close();
    });
    print("main");
    await done.recv();
  });
  expect(lines).toEqual(["main", "routine"]);
});

test("many waits take the time of the longest", async () => {
  const { ms } = await play(async () => {
    const group = new WaitGroup();
    for (let n = 1; n <= 1000; n++) group.go(() => sleep(n));
    await group.wait();
  });
  expect(ms).toBe(1000);
});

test("a WaitGroup waits for routines that other routines start", async () => {
  let back = 0;
  await play(async () => {
    const group = new WaitGroup();
    const soldier = async (depth: number): Promise<void> => {
      await sleep(1);
      if (depth > 1) for (let child = 0; child < 2; child++) group.go(() => soldier(depth - 1));
      back++;
    };
    group.go(() => soldier(8));
    await group.wait();
  });
  expect(back).toBe(2 ** 8 - 1);
});

test("nobody interrupts a routine that does not wait", async () => {
  const { lines } = await play(async (print) => {
    const group = new WaitGroup();
    group.go(() => {
      for (let n = 0; n < 3; n++) print("greedy");
    });
    group.go(() => print("other"));
    await group.wait();
  });
  expect(lines).toEqual(["greedy", "greedy", "greedy", "other"]);
});
