/** Rounds go on until they are stopped, and the one that runs is waited for. */
import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import { expect, test } from "vitest";
import { startRounds } from "../src/rounds.ts";

test("there is a round after each pause, and none after the stop", () =>
  bubble(async () => {
    let count = 0;
    const rounds = startRounds(1_000, async () => void count++);
    await sleep(3_500);
    await Promise.all([rounds.stop(), rounds.stop()]);
    await sleep(5_000);
    expect(count).toBe(3);
  }));

test("a stop waits for the round that runs", () =>
  bubble(async () => {
    let hasEnded = false;
    const rounds = startRounds(1_000, async () => {
      await sleep(500);
      hasEnded = true;
    });
    await sleep(1_100);
    await rounds.stop();
    expect(hasEnded).toBe(true);
  }));
