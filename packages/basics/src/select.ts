/**
 * Select: wait for many chans at once, take exactly one.
 *
 * The other chans keep their values, and no waiter stays behind in their queues.
 */
import {
  after,
  chan,
  go,
  type RecvChan,
  receiving,
  type SendChan,
  select,
  sending,
  trySelect,
} from "@shirts/chan";
import type { Print } from "./print.ts";

// #region fibonacci
/** Offers the next number again and again, until it is told to quit. It never asks how many are wanted. */
async function fibonacci(c: SendChan<number>, quit: RecvChan<boolean>, print: Print): Promise<void> {
  let [x, y] = [0, 1];
  for (;;) {
    const it = await select({ c: sending(c, x), quit: receiving(quit) });
    switch (it.case) {
      case "c":
        [x, y] = [y, x + y];
        break;
      case "quit":
        print("quit");
        return;
    }
  }
}

async function tenNumbers(print: Print): Promise<void> {
  const c = chan<number>();
  const quit = chan<boolean>();
  go(async () => {
    for (let n = 0; n < 10; n++) print(String((await c.recv())[0]));
    await quit.send(true);
  });
  await fibonacci(c, quit, print);
}
// #endregion fibonacci

/** `trySelect` is a select with Go's `default`: it takes what is ready and never waits. */
async function withDefault(print: Print): Promise<void> {
  const c = chan<string>(1);
  print(`empty: ${trySelect({ c: receiving(c) })?.value ?? "nothing is ready, and I did not wait"}`);
  await c.send("a shirt");
  print(`full:  ${trySelect({ c: receiving(c) })?.value ?? "nothing"}`);
}

// #region timeout
async function withTimeout(print: Print): Promise<void> {
  const never = chan<string>();
  const it = await select({ answer: receiving(never), timeout: receiving(after(1000)) });
  print(`after one second: ${it.case}`);
}
// #endregion timeout

// #region nil
/** A case that is `false` is switched off, like Go's nil channel. If it stayed on, a closed chan would be ready for ever. */
async function untilBothClose(print: Print): Promise<void> {
  const [purple, blue] = [filled("purple", 2), filled("blue", 4)];
  const got = { purple: 0, blue: 0 };
  let turns = 0;
  for (let [p, b] = [true, true]; p || b; turns++) {
    const it = await select({ purple: p && receiving(purple), blue: b && receiving(blue) });
    if (it.ok) got[it.case]++;
    else if (it.case === "purple") p = false;
    else b = false;
  }
  print(`${got.purple} purple, ${got.blue} blue, ${turns} turns: two of them said "closed"`);
}

/** A closed chan that still holds `n` values. */
function filled(value: string, n: number): RecvChan<string> {
  const c = chan<string>(n);
  for (let i = 0; i < n; i++) c.trySend(value);
  c.close();
  return c;
}
// #endregion nil

/** Both cases are always ready here, and select tosses a coin. The order of the cases means nothing. */
async function fair(print: Print): Promise<void> {
  const [first, second] = [filled("", 0), filled("", 0)];
  const won = { first: 0, second: 0 };
  for (let turn = 0; turn < 1000; turn++)
    won[(await select({ first: receiving(first), second: receiving(second) })).case]++;
  const each = won.first > 400 && won.second > 400;
  print(`of 1000 turns each case won ${each ? "more" : "less"} than 400`);
}

export async function main(print: Print): Promise<void> {
  print("-- fibonacci and quit");
  await tenNumbers(print);
  print("-- default: look and go on");
  await withDefault(print);
  print("-- a timeout is one more case");
  await withTimeout(print);
  print("-- a case that is switched off");
  await untilBothClose(print);
  print("-- two cases are ready");
  await fair(print);
}
