/** RabbitMQ 4.3 warns of what it will take away, and the embedded broker warns in its words. Nothing of ours may be meant. */
import { startBroker } from "@shirts/broker";
import amqplib from "amqplib";
import { expect, test } from "vitest";
import { connect } from "../src/index.ts";
import { bytes, decodeJob, next, string } from "./brokers.ts";

test("no declaration of ours is deprecated; planted: a queue that is neither durable nor exclusive is", async () => {
  const warnings: string[] = [];
  const broker = await startBroker({ onWarning: (text) => warnings.push(text) });
  const rabbit = await connect(broker.url);
  for (const type of ["classic", "quorum"] as const) {
    const { chan: jobs } = await rabbit.consume(type, { prefetch: 3, decode: decodeJob, queue: { type } });
    await rabbit.publish(type, bytes("one"));
    (await next(jobs)).ack();
    await rabbit.publish(type, bytes("bad"));
    await rabbit.depth(type);
    await rabbit.purge(type);
  }
  const { chan: cancels } = await rabbit.subscribe("cancels", { decode: string });
  await rabbit.broadcast("cancels", bytes("stop"));
  expect(await next(cancels)).toBe("stop");
  expect(await rabbit.lock("stage")).toBe(true);
  await rabbit.close();
  expect(warnings).toEqual([]);

  const bare = await amqplib.connect(broker.url);
  const amqpChannel = await bare.createChannel();
  await amqpChannel.assertQueue("transient", { durable: false });
  await bare.close();
  await broker.close();
  expect(warnings).toEqual([expect.stringContaining("transient_nonexcl_queues")]);
});
