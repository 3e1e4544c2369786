/** A scratch AMQP channel: the broker answers a refusal by closing the AMQP channel, so risky work gets its own. */
import type { Channel, ChannelModel } from "amqplib";

/**
 * Opens an AMQP channel, does `work` on it and closes it, however the work ends. Throws what `work` throws.
 * It ends when the connection ends, too: then nobody answers the close.
 */
export async function onScratch<T>(
  model: ChannelModel,
  work: (amqpChannel: Channel) => Promise<T>,
): Promise<T> {
  const amqpChannel = await model.createChannel();
  let isOpen = true;
  const closed = new Promise<void>((resolve) =>
    amqpChannel.once("close", () => {
      isOpen = false;
      resolve();
    }),
  );
  amqpChannel.on("error", () => {}); // The call that caused it rejects with the same text.
  try {
    return await work(amqpChannel);
  } finally {
    if (isOpen) {
      amqpChannel.close().catch(() => {}); // The connection ends in this very moment, and `closed` with it.
      await closed;
    }
  }
}
