/** Two sources, one loop. The loop ends when the first source closes, and shirts of the other one stay behind. */
import { chan, type RecvChan, receiving, select } from "@shirts/chan";
import type { Print } from "../src/print.ts";

export async function main(print: Print): Promise<void> {
  const purple = filled("P1");
  const blue = filled("B1", "B2", "B3", "B4", "B5");
  for (;;) {
    const it = await select({ purple: receiving(purple), blue: receiving(blue) });
    if (!it.ok) break;
    print(it.value);
  }
  print("both are closed");
}

function filled(...values: readonly string[]): RecvChan<string> {
  const c = chan<string>(values.length);
  for (const value of values) c.trySend(value);
  c.close();
  return c;
}
