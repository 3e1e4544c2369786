/** Three areas are painted side by side. The last line comes when the group is back at zero. */
import { sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Paints each area in a routine of its own, and speaks when all of them are painted. */
export async function paintAll(
  areas: readonly string[],
  paint: (area: string) => Promise<void>,
  print: Print,
): Promise<void> {
  const group = new WaitGroup();
  for (const area of areas) group.go(() => paint(area));
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
