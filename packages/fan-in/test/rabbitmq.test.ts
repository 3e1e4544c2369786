import { startBroker } from "@shirts/broker";
import { expect, test } from "vitest";
import { rabbitmq } from "../src/rabbitmq.ts";

async function played(): Promise<string[]> {
  const given = process.env.AMQP_URL;
  const broker = given ? undefined : await startBroker();
  const lines: string[] = [];
  try {
    await rabbitmq(given || (broker?.url ?? ""), (line) => lines.push(line));
  } finally {
    await broker?.close();
  }
  return lines;
}

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
