/** Asks each area how many people it has. A routine for each sends its answer over one chan, and they come as they are ready. */
import { chan, go, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Asks all areas side by side, and prints each answer when it comes. Returns when all have answered. */
export async function askAll(
  areas: readonly string[],
  ask: (area: string) => Promise<string>,
  print: Print,
): Promise<void> {
  const answers = chan<string>();
  for (const area of areas) go(async () => await answers.send(await ask(area)));
  for (let received = 0; received < areas.length; received++) {
    const [answer = ""] = await answers.recv();
    print(answer);
  }
}

export async function main(print: Print): Promise<void> {
  const ask = async (area: string): Promise<string> => {
    await sleep(area === "north" ? 3000 : 1000);
    return `${area}: ${area.length} millions`;
  };
  await askAll(["north", "south", "west"], ask, print);
}
