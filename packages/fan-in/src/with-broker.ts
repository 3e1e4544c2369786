/** The broker of a program: the one that AMQP_URL names, or the embedded one for as long as the program plays. */
import { startBroker } from "@shirts/broker";

/** Plays with the broker at `url`; undefined: with an embedded one, which ends afterwards. Rejects as `play` does. */
export async function withBroker<T>(
  url: string | undefined,
  play: (url: string, isEmbedded: boolean) => Promise<T>,
): Promise<T> {
  if (url !== undefined) return play(url, false);
  const broker = await startBroker();
  try {
    return await play(broker.url, true);
  } finally {
    await broker.close();
  }
}
