/** A quick tailor and a slow painter, with a shelf between them. Make the shelf hold two shirts. */
import { chan, go, sleep } from "@shirts/chan";
import type { Print } from "../src/print.ts";

export async function main(print: Print): Promise<void> {
  const shelf = chan<number>(6);
  go(async () => {
    for (let shirt = 1; shirt <= 6; shirt++) {
      await shelf.send(shirt);
      print(`tailor: shirt ${shirt} is on the shelf`);
    }
    shelf.close();
  });
  await sleep(1000);
  for await (const shirt of shelf) {
    print(`painter: I take shirt ${shirt}`);
    await sleep(1000);
  }
}
