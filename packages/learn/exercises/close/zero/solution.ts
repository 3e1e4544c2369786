/** `ok` tells a 0 that was sent from the end. */
import { chan, type RecvChan } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** The sum of all numbers. Returns when the chan is closed and drained. */
export async function sum(numbers: RecvChan<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const [n, ok] = await numbers.recv();
    if (!ok) return total;
    total += n;
  }
}

export async function main(print: Print): Promise<void> {
  const waiting = chan<number>(3);
  for (const n of [500, 0, 40]) await waiting.send(n);
  waiting.close();
  print(`${await sum(waiting)} people wait`);
}
