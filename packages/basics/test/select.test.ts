import { chan, go, receiving, select, sending, sleep, trySelect } from "@shirts/chan";
import { expect, test } from "vitest";
import { play } from "../src/play.ts";
import { main } from "../src/select.ts";

test("the select program prints its lesson", async () => {
  const { lines } = await play(main);
  expect(lines).toEqual([
    "-- fibonacci and quit",
    ...[0, 1, 1, 2, 3, 5, 8, 13, 21, 34].map(String),
    "quit",
    "-- default: look and go on",
    "empty: nothing is ready, and I did not wait",
    "full:  a shirt",
    "-- a timeout is one more case",
    "after one second: timeout",
    "-- a case that is switched off",
    '2 purple, 4 blue, 8 turns: two of them said "closed"',
    "-- two cases are ready",
    "of 1000 turns each case won more than 400",
  ]);
});

test("a select that loses a chan takes no value from it", async () => {
  await play(async () => {
    const [won, lost] = [chan<string>(1), chan<string>()];
    go(async () => {
      await sleep(10);
      await won.send("won");
    });
    expect((await select({ won: receiving(won), lost: receiving(lost) })).case).toBe("won");
    expect(lost.trySend("still mine")).toBe(false);
  });
});

test("a sending case offers its value without promising it", async () => {
  await play(async () => {
    const [c, quit] = [chan<number>(), chan<never>()];
    go(async () => {
      await sleep(10);
      quit.close();
    });
    expect((await select({ c: sending(c, 55), quit: receiving(quit) })).case).toBe("quit");
    expect(c.tryRecv()).toBeUndefined();
  });
});

test("a case that is off never wins, even when its chan is ready", async () => {
  await play(async () => {
    const [ready, other] = [chan<string>(1), chan<string>(1)];
    await ready.send("ready");
    await other.send("other");
    const isOn = (): boolean => false;
    expect(trySelect({ ready: isOn() && receiving(ready), other: receiving(other) })?.case).toBe("other");
    expect(trySelect({ ready: isOn() && receiving(ready), other: receiving(other) })).toBeUndefined();
  });
});

test("a closed chan is always ready, so a loop that leaves its case on never waits", async () => {
  let wins = 0;
  const { ms } = await play(async () => {
    const [closed, silent] = [chan<never>(), chan<never>()];
    closed.close();
    for (let turn = 0; turn < 10_000; turn++) {
      const it = await select({ closed: receiving(closed), silent: receiving(silent) });
      if (it.case === "closed") wins++;
    }
  });
  expect({ wins, ms }).toEqual({ wins: 10_000, ms: 0 });
});
