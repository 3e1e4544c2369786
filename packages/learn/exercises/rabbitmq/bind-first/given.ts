/** Spot the mistake: a worker reads the colour, then listens for changes. Once a month it wears the wrong shirt until the next change. */
import type { Exchange } from "@shirts/learn";

/** Wears the colour of the table now, and then each new one that the exchange tells. Returns when its queue is closed. */
export async function follow(
  read: () => Promise<string>,
  changes: Exchange<string>,
  wear: (colour: string) => void,
): Promise<void> {
  wear(await read());
  const queue = await changes.bind();
  for await (const colour of queue) wear(colour);
}
