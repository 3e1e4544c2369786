import { chan, receiving, select, sleep } from "@shirts/chan";
import { expect, test } from "vitest";
import { play } from "../src/play.ts";

test("a select with one closed case that is never switched off is noticed, although it tosses no coin", async () => {
  const closed = chan<string>();
  closed.close();
  const program = async () => {
    for (;;) await select({ closed: receiving(closed) });
  };
  await expect(play(program)).rejects.toThrow("a loop never waits");
});

test("a program that asks every second for ever is noticed", async () => {
  const program = async () => {
    for (;;) await sleep(1000);
  };
  await expect(play(program)).rejects.toThrow("has not ended after 20000 timers");
});
