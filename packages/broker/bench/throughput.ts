/**
 * `pnpm --filter broker bench`: messages per second at prefetch 1, with the embedded broker and with the RabbitMQ that
 * AMQP_URL names. Rounds alternate between the two, so that a busy machine slows both. Read the ratio, not the numbers.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { connect } from "amqplib";

const MESSAGES = 3000;
const ROUNDS = 5;

/** Publishes MESSAGES messages, then consumes them one at a time; resolves with the messages consumed per second. */
async function messagesPerSecond(url: string): Promise<number> {
  const connection = await connect(url);
  const amqpChannel = await connection.createConfirmChannel();
  const { queue } = await amqpChannel.assertQueue("", { exclusive: true });
  for (let n = 0; n < MESSAGES; n++) amqpChannel.sendToQueue(queue, Buffer.from("message"));
  await amqpChannel.waitForConfirms();
  await amqpChannel.prefetch(1);
  const startedAt = performance.now();
  await new Promise<void>((resolve) => {
    let count = 0;
    void amqpChannel.consume(queue, (message) => {
      if (message) amqpChannel.ack(message);
      if (++count === MESSAGES) resolve();
    });
  });
  const seconds = (performance.now() - startedAt) / 1000;
  await connection.close();
  return MESSAGES / seconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const broker = fork(new URL("../src/main.ts", import.meta.url), ["--port", "0", "--json", "--parent-pipe"], {
  stdio: ["pipe", "pipe", "inherit", "ipc"],
});
if (!broker.stdout) throw new Error("the broker has no output");
const [ready] = await once(createInterface({ input: broker.stdout }), "line");
const sides: [string, string][] = [["embedded", JSON.parse(ready).url]];
if (process.env.AMQP_URL) sides.push(["RabbitMQ", process.env.AMQP_URL]);
const found = sides.map(() => [] as number[]);
for (let round = 0; round < ROUNDS; round++) {
  for (const [side, [, url]] of sides.entries()) found[side]?.push(await messagesPerSecond(url));
}
const medians = found.map(median);
for (const [side, [name]] of sides.entries()) {
  console.log(
    `${name.padEnd(10)}${Math.round(medians[side] ?? 0)
      .toString()
      .padStart(7)} messages a second at prefetch 1`,
  );
}
if (sides.length === 1) console.log("Set AMQP_URL to the URL of a RabbitMQ to compare with it.");
else console.log(`embedded / RabbitMQ: ${((medians[0] ?? 0) / (medians[1] ?? 1)).toFixed(2)}`);
broker.disconnect();
broker.kill();
