import { connect } from "amqplib";
import { BODIES, Deliveries, type Session } from "./session.ts";

export const amqplib: Session = async (url, queue) => {
  const connection = await connect(url);
  const amqpChannel = await connection.createConfirmChannel();
  await amqpChannel.assertQueue(queue);
  for (const body of BODIES) amqpChannel.sendToQueue(queue, Buffer.from(body));
  await amqpChannel.waitForConfirms();
  const deliveries = new Deliveries();
  await amqpChannel.prefetch(1);
  const { consumerTag } = await amqpChannel.consume(queue, (message) => {
    if (!message) return;
    const what = deliveries.receive(message.content.toString(), message.fields.redelivered);
    if (what === "ack") amqpChannel.ack(message);
    if (what === "return") amqpChannel.nack(message, false, true);
  });
  await deliveries.done;
  await amqpChannel.cancel(consumerTag);
  await amqpChannel.close();
  await connection.close();
  return deliveries.log;
};
