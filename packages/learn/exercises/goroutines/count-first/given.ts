/** Spot the mistake: there is an add, there is a done, and there is a wait. Still the last line comes first. */
import { go, sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Paints each area in a routine of its own, and speaks when all of them are painted. */
export async function paintAll(
  areas: readonly string[],
  paint: (area: string) => Promise<void>,
  print: Print,
): Promise<void> {
  const group = new WaitGroup();
  for (const area of areas) {
    go(async () => {
      group.add(1);
      await paint(area);
      group.done();
    });
  }
  await group.wait();
  print("all are painted");
}

export async function main(print: Print): Promise<void> {
  const paint = async (area: string): Promise<void> => {
    await sleep(1000);
    print(`${area} is painted`);
  };
  await paintAll(["north", "south", "west"], paint, print);
}
