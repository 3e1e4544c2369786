import { Connection } from "rabbitmq-client";
import { BODIES, Deliveries, type Session } from "./session.ts";

export const rabbitmqClient: Session = async (url, queue) => {
  const connection = new Connection(url);
  const amqpChannel = await connection.acquire();
  await amqpChannel.queueDeclare({ queue, durable: true });
  await amqpChannel.confirmSelect();
  for (const body of BODIES) await amqpChannel.basicPublish({ routingKey: queue }, body);
  const deliveries = new Deliveries();
  await amqpChannel.basicQos({ prefetchCount: 1 });
  const { consumerTag } = await amqpChannel.basicConsume({ queue }, (message) => {
    const { deliveryTag } = message;
    const what = deliveries.receive(String(message.body), message.redelivered);
    if (what === "ack") amqpChannel.basicAck({ deliveryTag });
    if (what === "return") amqpChannel.basicNack({ deliveryTag, requeue: true });
  });
  await deliveries.done;
  await amqpChannel.basicCancel({ consumerTag });
  await amqpChannel.close();
  await connection.close();
  return deliveries.log;
};
