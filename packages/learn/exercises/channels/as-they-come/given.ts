/** Asks each area how many people it has. It asks one after the other, so a slow area holds up all the others. */
import { sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Asks all areas side by side, and prints each answer when it comes. Returns when all have answered. */
export async function askAll(
  areas: readonly string[],
  ask: (area: string) => Promise<string>,
  print: Print,
): Promise<void> {
  for (const area of areas) {
    print(await ask(area));
  }
}

export async function main(print: Print): Promise<void> {
  const ask = async (area: string): Promise<string> => {
    await sleep(area === "north" ? 3000 : 1000);
    return `${area}: ${area.length} millions`;
  };
  await askAll(["north", "south", "west"], ask, print);
}
