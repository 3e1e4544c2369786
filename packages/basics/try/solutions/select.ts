import { chan, type RecvChan, receiving, select } from "@shirts/chan";
import type { Print } from "../../src/print.ts";

export async function main(print: Print): Promise<void> {
  const purple = filled("P1");
  const blue = filled("B1", "B2", "B3", "B4", "B5");
  for (let [isPurple, isBlue] = [true, true]; isPurple || isBlue; ) {
    const it = await select({ purple: isPurple && receiving(purple), blue: isBlue && receiving(blue) });
    if (it.ok) print(it.value);
    else if (it.case === "purple") isPurple = false;
    else isBlue = false;
  }
  print("both are closed");
}

function filled(...values: readonly string[]): RecvChan<string> {
  const c = chan<string>(values.length);
  for (const value of values) c.trySend(value);
  c.close();
  return c;
}
