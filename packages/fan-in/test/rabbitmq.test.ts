import { expect, test } from "vitest";
import { rabbitmq } from "../src/rabbitmq.ts";
import { withBroker } from "../src/with-broker.ts";

async function played(): Promise<string[]> {
  const lines: string[] = [];
  await withBroker(process.env.AMQP_URL || undefined, (url) => rabbitmq(url, (line) => lines.push(line)));
  return lines;
}

test("the first line names the broker", async () => {
  expect((await played())[0]).toMatch(/^broker: (the embedded broker|RabbitMQ \d+\.\d+\.\d+)$/);
});

test("a message without an ack comes again when its consumer is gone, and is marked", async () => {
  const lines = await played();
  const gone = lines.indexOf("careless: is gone");
  expect(lines[gone + 1]).toBe("careful:  takes order 1 (redelivered), and acks it");
});

test("a queue gives each message to one consumer, a fan-out exchange to every queue", async () => {
  const lines = await played();
  expect(lines.filter((line) => line.includes("order 2"))).toHaveLength(1);
  expect(lines.filter((line) => line.endsWith("hears BLUE"))).toEqual([
    "node 1: hears BLUE",
    "node 2: hears BLUE",
  ]);
});

test("amqplib and chan see the same queue", async () => {
  expect((await played()).at(-1)).toBe("receives order 4, and acks it");
});
