/** Each node has a queue of its own, so the exchange copies each piece of news for each of them. */
import type { Exchange } from "@shirts/learn";

/** One node: calls `hear` for each piece of news, until its queue is closed. `name` is "node 1", "node 2" and so on. */
export async function node(
  name: string,
  exchange: Exchange<string>,
  hear: (news: string) => void,
): Promise<void> {
  const queue = await exchange.bind();
  for await (const news of queue) hear(`${name} hears ${news}`);
}
