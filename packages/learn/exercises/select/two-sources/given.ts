/** Two sources, one loop. The loop ends when the first source closes, and shirts of the other one stay behind. */
import { chan, go, type RecvChan, receiving, type SendChan, select, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Prints each shirt when it arrives, and returns when both sources are closed. */
export async function empty(purple: RecvChan<string>, blue: RecvChan<string>, print: Print): Promise<void> {
  for (;;) {
    const it = await select({ purple: receiving(purple), blue: receiving(blue) });
    if (!it.ok) break;
    print(it.value);
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
