/** A quick tailor and a slow painter, with a shelf between them. It has room for two, so the tailor is two shirts ahead. */
import { chan, go, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Sews `shirts` shirts. `put` is called when one is on the shelf; `paint` begins when one is taken from it. */
export async function workshop(
  shirts: number,
  put: (shirt: number) => void,
  paint: (shirt: number) => Promise<void>,
): Promise<void> {
  const shelf = chan<number>(2);
  go(async () => {
    for (let shirt = 1; shirt <= shirts; shirt++) {
      await shelf.send(shirt);
      put(shirt);
    }
    shelf.close();
  });
  await sleep(1000);
  for await (const shirt of shelf) await paint(shirt);
}

export async function main(print: Print): Promise<void> {
  const put = (shirt: number): void => print(`shirt ${shirt} is on the shelf`);
  const paint = async (shirt: number): Promise<void> => {
    print(`shirt ${shirt} is taken`);
    await sleep(1000);
  };
  await workshop(6, put, paint);
}
