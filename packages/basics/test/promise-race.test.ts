import { type Chan, chan, sleep } from "@shirts/chan";
import { expect, test } from "vitest";
import { play } from "../src/play.ts";
import { main } from "../src/promise-race.ts";
import { byRace, bySelect, keepingLosers, type Next } from "../src/ways.ts";

test("the promise-race program prints its lesson", async () => {
  const { lines } = await play(main);
  expect(lines).toEqual([
    "-- six shirts are sent, then a seventh: P4",
    "Promise.race        P1 P2 P3           P4: arrives; it waits for two more",
    "keeping the losers  P1 B1 P2 B2 P3 B3  P4: taken, and gone",
    "select              P1 B1 P2 B2 P3 B3  P4: stays with its sender",
    "-- 20,000 turns beside a silent chan",
    "Promise.race        holds more than 5 MB",
    "keeping the losers  holds more than 5 MB",
    "select              holds less than 1 MB",
  ]);
});

/** How many values vanish into a chan that nobody receives from: one for each receive that was left behind. */
async function swallowed(next: Next, turns: number): Promise<number> {
  let count = 0;
  await play(async () => {
    const [purple, blue]: [Chan<string>, Chan<string>] = [chan(1), chan()];
    for (let turn = 0; turn < turns; turn++) {
      purple.trySend("P");
      await next({ purple, blue });
    }
    await sleep(1);
    while (blue.trySend("B")) count++;
  });
  return count;
}

test("Promise.race leaves one receive behind for every turn it loses", async () => {
  expect(await swallowed(byRace, 100)).toBe(100);
});

test("keeping the losers leaves one receive behind when it stops", async () => {
  expect(await swallowed(keepingLosers(), 100)).toBe(1);
});

test("select leaves no receive behind", async () => {
  expect(await swallowed(bySelect, 100)).toBe(0);
});
