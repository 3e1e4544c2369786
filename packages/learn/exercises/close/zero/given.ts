/** Spot the mistake: three areas report how many people still wait. The sum of 500, 0 and 40 is 500. */
import { chan, type RecvChan } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** The sum of all numbers. Returns when the chan is closed and drained. */
export async function sum(numbers: RecvChan<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const [n] = await numbers.recv();
    if (!n) return total;
    total += n;
  }
}

export async function main(print: Print): Promise<void> {
  const waiting = chan<number>(3);
  for (const n of [500, 0, 40]) await waiting.send(n);
  waiting.close();
  print(`${await sum(waiting)} people wait`);
}
