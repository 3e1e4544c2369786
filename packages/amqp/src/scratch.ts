/** A scratch AMQP channel: the broker answers a refusal by closing the AMQP channel, so risky work gets its own. */
import type { Channel, ChannelModel } from "amqplib";

/** Opens an AMQP channel, does `work` on it and closes it. Throws what `work` throws. */
export async function onScratch<T>(
  model: ChannelModel,
  work: (amqpChannel: Channel) => Promise<T>,
): Promise<T> {
  const amqpChannel = await model.createChannel();
  let isOpen = true;
  amqpChannel.once("close", () => {
    isOpen = false;
  });
  amqpChannel.on("error", () => {}); // The call that caused it rejects with the same text.
  const answer = await work(amqpChannel);
  if (isOpen) await amqpChannel.close();
  return answer;
}
