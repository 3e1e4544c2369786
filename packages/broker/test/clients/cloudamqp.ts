import { AMQPClient } from "@cloudamqp/amqp-client";
import { BODIES, Deliveries, type Session } from "./session.ts";

export const cloudamqp: Session = async (url, queue) => {
  const connection = await new AMQPClient(url).connect();
  const amqpChannel = await connection.channel();
  await amqpChannel.queueDeclare(queue, { durable: true });
  await amqpChannel.confirmSelect();
  for (const body of BODIES) await amqpChannel.basicPublish("", queue, body);
  const deliveries = new Deliveries();
  await amqpChannel.prefetch(1);
  const consumer = await amqpChannel.basicConsume(queue, { noAck: false }, async (message) => {
    const what = deliveries.receive(message.bodyString() ?? "", message.redelivered);
    if (what === "ack") await message.ack();
    if (what === "return") await message.nack(true);
  });
  await deliveries.done;
  await consumer.cancel();
  await amqpChannel.close();
  await connection.close();
  return deliveries.log;
};
