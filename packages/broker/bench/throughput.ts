/**
 * `pnpm --filter broker bench`: jobs per second at prefetch 1, embedded broker beside the RabbitMQ that AMQP_URL names.
 * Rounds alternate between the two, so that a busy machine slows both; read the ratio, not the numbers.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { connect } from "amqplib";

const JOBS = 3000;
const ROUNDS = 5;

/** Publishes JOBS jobs and consumes them one at a time; resolves with jobs per second of the consuming. */
async function round(url: string): Promise<number> {
  const connection = await connect(url);
  const amqpChannel = await connection.createConfirmChannel();
  const { queue } = await amqpChannel.assertQueue("", { exclusive: true });
  for (let job = 0; job < JOBS; job++) amqpChannel.sendToQueue(queue, Buffer.from("job"));
  await amqpChannel.waitForConfirms();
  await amqpChannel.prefetch(1);
  const startedAt = performance.now();
  await new Promise<void>((resolve) => {
    let count = 0;
    void amqpChannel.consume(queue, (job) => {
      if (job) amqpChannel.ack(job);
      if (++count === JOBS) resolve();
    });
  });
  const seconds = (performance.now() - startedAt) / 1000;
  await connection.close();
  return JOBS / seconds;
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
for (let turn = 0; turn < ROUNDS; turn++) {
  for (const [side, [, url]] of sides.entries()) found[side]?.push(await round(url));
}
const medians = found.map(median);
for (const [side, [name]] of sides.entries()) {
  console.log(
    `${name.padEnd(10)}${Math.round(medians[side] ?? 0)
      .toString()
      .padStart(7)} jobs a second at prefetch 1`,
  );
}
if (sides.length === 1) console.log("AMQP_URL names a RabbitMQ to compare with.");
else console.log(`embedded / RabbitMQ: ${((medians[0] ?? 0) / (medians[1] ?? 1)).toFixed(2)}`);
broker.disconnect();
broker.kill();
