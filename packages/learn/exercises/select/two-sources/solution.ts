/** Two sources, one loop. A source that is closed is switched off, and the loop ends when both are. */
import { chan, go, type RecvChan, receiving, type SendChan, select, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Prints each shirt when it arrives, and returns when both sources are closed. */
export async function empty(purple: RecvChan<string>, blue: RecvChan<string>, print: Print): Promise<void> {
  for (let [isPurple, isBlue] = [true, true]; isPurple || isBlue; ) {
    const it = await select({ purple: isPurple && receiving(purple), blue: isBlue && receiving(blue) });
    if (it.ok) print(it.value);
    else if (it.case === "purple") isPurple = false;
    else isBlue = false;
  }
  print("both are closed");
}

export async function main(print: Print): Promise<void> {
  const [purple, blue] = [chan<string>(), chan<string>()];
  go(async () => await tailor(purple, 100, ["P1"]));
  go(async () => await tailor(blue, 150, ["B1", "B2", "B3"]));
  await empty(purple, blue, print);
}

async function tailor(shirts: SendChan<string>, ms: number, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await sleep(ms);
    await shirts.send(name);
  }
  shirts.close();
}
