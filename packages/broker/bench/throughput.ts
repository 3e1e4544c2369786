/**
 * Messages per second at prefetch 1, persistent and acked one by one, through one queue: the embedded broker in a process
 * of its own, then the RabbitMQ that AMQP_URL names. `pnpm --filter broker bench`; figures to read, never a gate.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { connect } from "amqplib";

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 30_000);
const CONSUMERS = 4;

/** Resolves with messages per second, from the first publish to the last ack. */
async function measure(url: string): Promise<number> {
  const connection = await connect(url);
  const publisher = await connection.createConfirmChannel();
  const queue = `bench-${process.pid}`;
  await publisher.assertQueue(queue, { durable: true });
  let left = MESSAGES;
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  for (let i = 0; i < CONSUMERS; i += 1) {
    const amqpChannel = await (await connect(url)).createChannel();
    await amqpChannel.prefetch(1);
    await amqpChannel.consume(queue, (job) => {
      if (!job) return;
      amqpChannel.ack(job);
      left -= 1;
      if (left === 0) finish();
    });
  }
  const startedMs = performance.now();
  const body = Buffer.alloc(100, "x");
  for (let i = 0; i < MESSAGES; i += 1) publisher.sendToQueue(queue, body, { persistent: true });
  await publisher.waitForConfirms();
  await finished;
  const seconds = (performance.now() - startedMs) / 1_000;
  await publisher.deleteQueue(queue);
  return Math.round(MESSAGES / seconds);
}

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const startedMs = performance.now();
const child = spawn(process.execPath, ["--import", "tsx", main, "--port", "0", "--json", "--parent-pipe"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const [line] = await once(child.stdout, "data");
console.log(`embedded broker: process ready after ${Math.round(performance.now() - startedMs)} ms`);
console.log(`embedded broker: ${await measure(JSON.parse(String(line)).url)} messages a second`);
child.kill();
if (process.env.AMQP_URL)
  console.log(`AMQP_URL:        ${await measure(process.env.AMQP_URL)} messages a second`);
else console.log("AMQP_URL:        not set, nothing to compare with");
process.exit(0);
