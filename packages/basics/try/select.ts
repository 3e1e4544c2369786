/** Two sources, one loop. It ends with the first source that closes, and the other one's shirts stay where they are. */
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
