import { connect } from "amqp-connection-manager";
import type { ConfirmChannel } from "amqplib";
import { BODIES, Deliveries, type Session } from "./session.ts";

export const connectionManager: Session = async (url, queue) => {
  const connection = connect([url]);
  const amqpChannel = connection.createChannel({
    setup: (it: ConfirmChannel) => it.assertQueue(queue),
  });
  await amqpChannel.waitForConnect();
  for (const body of BODIES) await amqpChannel.sendToQueue(queue, Buffer.from(body));
  const deliveries = new Deliveries();
  await amqpChannel.consume(
    queue,
    (message) => {
      const what = deliveries.receive(message.content.toString(), message.fields.redelivered);
      if (what === "ack") amqpChannel.ack(message);
      if (what === "return") amqpChannel.nack(message, false, true);
    },
    { prefetch: 1 },
  );
  await deliveries.done;
  await amqpChannel.cancelAll();
  await amqpChannel.close();
  await connection.close();
  return deliveries.log;
};
