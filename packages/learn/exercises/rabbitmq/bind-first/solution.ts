/** A worker listens for changes, then it reads the colour. What changes in between waits in its queue. */
import type { Exchange } from "@shirts/learn";

/** Wears the colour of the table now, and then each new one that the exchange tells. Returns when its queue is closed. */
export async function follow(
  read: () => Promise<string>,
  changes: Exchange<string>,
  wear: (colour: string) => void,
): Promise<void> {
  const queue = await changes.bind();
  wear(await read());
  for await (const colour of queue) wear(colour);
}
