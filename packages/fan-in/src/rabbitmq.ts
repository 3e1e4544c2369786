/** RabbitMQ in one page: a queue, a consumer that dies, an exchange; first on amqplib itself, then as chans. */
import { connect } from "@shirts/amqp";
import { chan } from "@shirts/chan";
import { brokerName } from "@shirts/cluster/names";
import amqplib, { type ConsumeMessage } from "amqplib";

type Print = (line: string) => void;

const ORDERS = "rabbitmq_orders";
const NEWS = "rabbitmq_news";

/** Plays the three parts against the broker at `url`. Throws AmqpError when there is none. */
export async function rabbitmq(url: string, print: Print): Promise<void> {
  // What an earlier run left behind when it was interrupted; and our client says in one line when nobody answers.
  const rabbit = await connect(url);
  print(`broker: ${brokerName(rabbit.server)}`);
  await rabbit.declareQueue(ORDERS);
  await rabbit.purge(ORDERS);
  await rabbit.close();
  print("-- a queue: each message goes to one consumer");
  await queue(url, print);
  print("-- a fan-out exchange: each message goes to every queue");
  await exchange(url, print);
  print("-- the same queue, as a chan");
  await asChans(url, print);
}

async function queue(url: string, print: Print): Promise<void> {
  const producer = await amqplib.connect(url);
  // #region produce
  const toOrders = await producer.createConfirmChannel();
  await toOrders.assertQueue(ORDERS, { durable: true });
  for (const order of ["order 1", "order 2", "order 3"])
    toOrders.sendToQueue(ORDERS, Buffer.from(order), { persistent: true });
  await toOrders.waitForConfirms();
  // #endregion produce
  print("producer: the broker has three orders");
  const careless = await consume(url);
  const [first] = await careless.messages.recv();
  print(`careless: takes ${first?.content}, and sends no ack`);
  const careful = await consume(url);
  await takeOne(careful, print);
  await takeOne(careful, print);
  // It ends without an ack: its connection is gone, and the broker notices.
  await careless.connection.close();
  print("careless: is gone");
  await takeOne(careful, print);
  // Closing the AMQP channel first lets the last ack go out before the connection ends.
  await careful.fromOrders.close();
  await careful.connection.close();
  await producer.close();
}

// #region consume
async function consume(url: string) {
  const connection = await amqplib.connect(url);
  const fromOrders = await connection.createChannel();
  await fromOrders.prefetch(1);
  const messages = chan<ConsumeMessage>(1);
  await fromOrders.consume(ORDERS, (message) => {
    if (message) messages.trySend(message);
  });
  return { connection, fromOrders, messages };
}
// #endregion consume

type Consumer = Awaited<ReturnType<typeof consume>>;

// #region ack
async function takeOne({ messages, fromOrders }: Consumer, print: Print): Promise<void> {
  const [message] = await messages.recv();
  if (!message) return;
  print(
    `careful:  takes ${message.content}${message.fields.redelivered ? " (redelivered)" : ""}, and acks it`,
  );
  fromOrders.ack(message);
}
// #endregion ack

async function exchange(url: string, print: Print): Promise<void> {
  const connection = await amqplib.connect(url);
  // #region exchange
  const news = await connection.createConfirmChannel();
  await news.assertExchange(NEWS, "fanout", { durable: false });
  const heard = chan<string>();
  for (const node of ["node 1", "node 2"]) {
    const { queue } = await news.assertQueue("", { exclusive: true });
    await news.bindQueue(queue, NEWS, "");
    await news.consume(queue, (message) => void heard.send(`${node}: hears ${message?.content}`), {
      noAck: true,
    });
  }
  news.publish(NEWS, "", Buffer.from("BLUE"));
  // #endregion exchange
  const lines = [await heard.recv(), await heard.recv()].map(([line]) => line ?? "");
  for (const line of lines.sort()) print(line);
  await news.deleteExchange(NEWS);
  await connection.close();
}

async function asChans(url: string, print: Print): Promise<void> {
  // #region chans
  const rabbit = await connect(url);
  const { chan: orders, stop } = await rabbit.consume(ORDERS, {
    prefetch: 1,
    decode: (body, { ack }) => ({ name: `${body}`, ack }),
  });
  await rabbit.publish(ORDERS, Buffer.from("order 4"));
  const [order] = await orders.recv();
  print(`receives ${order?.name}, and acks it`);
  order?.ack();
  // #endregion chans
  await stop();
  await rabbit.purge(ORDERS);
  await rabbit.close();
}
