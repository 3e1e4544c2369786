/** What an exercise says to a loop without an end comes behind that loop's own words, and behind those of no other error. */
import { chan, receiving, select, sleep } from "@shirts/chan";
import { BoundError } from "@shirts/chan/testing";
import { expect, test } from "vitest";
import { complaintOf } from "../src/judge/complaint.ts";
import { tried } from "../src/tried.ts";

async function complaint(program: () => Promise<void>): Promise<string | undefined> {
  try {
    await tried({ when: "with 2 jobs", spins: "the stop is closed" }, program);
    return undefined;
  } catch (error) {
    return complaintOf(error, {}).text;
  }
}

const closed = chan<never>();
closed.close();

const endless: readonly [string, string, () => Promise<void>][] = [
  [
    "one case is ready each time",
    "a loop never waits: what it selects or receives is ready each time",
    async () => {
      for (;;) await select({ closed: receiving(closed) });
    },
  ],
  [
    "two cases are ready each time",
    "a loop never waits: what it selects or receives is ready each time",
    async () => {
      for (;;) await select({ heads: receiving(closed), tails: receiving(closed) });
    },
  ],
  [
    "it sleeps each time",
    "main has not ended after 20000 timers",
    async () => {
      for (;;) await sleep(10);
    },
  ],
];

test.each(endless)("a loop without an end is told with its reason: %s", async (_, what, program) => {
  expect(await complaint(program)).toBe(`with 2 jobs: ${what}; the stop is closed`);
});

const others: readonly [string, string, Error][] = [
  ["the words of a loop", "a loop never waits", new Error("bubble: a loop never waits")],
  [
    "the words of a clock",
    "main has not ended after 20000 timers",
    new Error("bubble: main has not ended after 20000 timers"),
  ],
  ["a bound of explore", "too many orders", new BoundError("orders", "too many orders")],
];

test.each(others)(
  "planted: an error that is no bound of the bubble gets no reason: %s",
  async (_, what, error) => {
    expect(await complaint(() => Promise.reject(error))).toBe(what);
  },
);
