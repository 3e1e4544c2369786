/**
 * This package against bare amqplib, on the same broker, in one process: `pnpm --filter amqp bench`.
 *
 * Both sides do the same work with the same flags and socket options, in rounds that alternate, so that a busy machine
 * hurts both. The ratio is ours to bare amqplib's in messages a second, from the medians; 1 means that the chans,
 * the bookkeeping for reconnects and the message ids cost nothing. The broker is AMQP_URL, else the embedded one.
 */
import { startBroker } from "@shirts/broker";
import amqplib, { type ConfirmChannel } from "amqplib";
import { connect } from "../src/index.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const MESSAGES = Number(process.env.MESSAGES ?? 4_000);
const BAR = 0.95;

const body = Buffer.from(JSON.stringify({ area: "north-america", shirt: "blue", revision: 7 }));
const queue = `bench_${process.pid}`;

interface Side {
  /** Publishes `count` messages, `window` at a time on their way; resolves when the last one is confirmed. */
  publish(count: number, window: number): Promise<void>;
  /** Receives and acks `count` messages. */
  consume(count: number, prefetch: number): Promise<void>;
}

async function ours(url: string): Promise<Side & { close(): Promise<void> }> {
  const rabbit = await connect(url);
  await rabbit.declareQueue(queue);
  return {
    publish: (count, window) => inWindow(count, window, () => rabbit.publish(queue, body)),
    async consume(count, prefetch) {
      const jobs = await rabbit.consume(queue, { prefetch, decode: (_body, { ack }) => ({ ack }) });
      let left = count;
      for await (const job of jobs) {
        job.ack();
        if (--left === 0) break;
      }
      await jobs.stop();
    },
    close: () => rabbit.close(),
  };
}

async function bare(url: string): Promise<Side & { close(): Promise<void> }> {
  const connection = await amqplib.connect(url, { noDelay: true });
  const publishing = await amqplib.connect(url, { noDelay: true });
  const confirms: ConfirmChannel = await publishing.createConfirmChannel();
  return {
    publish: (count, window) =>
      inWindow(
        count,
        window,
        () =>
          new Promise<void>((resolve, reject) => {
            confirms.sendToQueue(queue, body, { persistent: true, mandatory: true }, (error: Error | null) =>
              error ? reject(error) : resolve(),
            );
          }),
      ),
    async consume(count, prefetch) {
      const amqpChannel = await connection.createChannel();
      await amqpChannel.prefetch(prefetch);
      await amqpChannel.assertQueue(queue, { durable: true });
      let left = count;
      await new Promise<void>((resolve, reject) => {
        const take = (message: amqplib.ConsumeMessage | null): void => {
          if (message === null) return;
          amqpChannel.ack(message);
          if (--left === 0) resolve();
        };
        amqpChannel.consume(queue, take).catch(reject);
      });
      await amqpChannel.close();
    },
    async close() {
      await connection.close();
      await publishing.close();
    },
  };
}

async function inWindow(count: number, window: number, one: () => Promise<void>): Promise<void> {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await one();
  };
  await Promise.all(Array.from({ length: window }, lane));
}

/** Messages a second of each side in each round; who goes first alternates. */
async function race(
  sides: { ours: Side; bare: Side },
  prepare: () => Promise<void>,
  run: (side: Side) => Promise<void>,
  count: number,
): Promise<{ ours: number; bare: number }> {
  const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  // The first two rounds warm the engine up and do not count.
  for (let round = -2; round < ROUNDS; round++) {
    for (const name of round % 2 === 0 ? (["ours", "bare"] as const) : (["bare", "ours"] as const)) {
      await prepare();
      const start = performance.now();
      await run(sides[name]);
      if (round >= 0) rates[name].push((count * 1_000) / (performance.now() - start));
    }
  }
  return { ours: median(rates.ours), bare: median(rates.bare) };
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const embedded = process.env.AMQP_URL ? undefined : await startBroker();
const url = process.env.AMQP_URL ?? embedded?.url ?? "";
const sides = { ours: await ours(url), bare: await bare(url) };
const admin = await connect(url);
const empty = async (): Promise<void> => void (await admin.purge(queue));
const fill = async (): Promise<void> => {
  await empty();
  await sides.bare.publish(MESSAGES, 200);
};

console.log(
  `${embedded ? "the embedded broker" : "AMQP_URL"}, ${ROUNDS} rounds of ${MESSAGES} messages, medians`,
);
console.log("measure                         ours/s     bare/s   ratio");
let isGood = true;
for (const [title, prepare, run, count] of [
  ["publish → confirm, one by one", empty, (side) => side.publish(MESSAGES / 4, 1), MESSAGES / 4],
  ["publish → confirm, 100 at once", empty, (side) => side.publish(MESSAGES, 100), MESSAGES],
  ["consume → ack, prefetch 1", fill, (side) => side.consume(MESSAGES, 1), MESSAGES],
  ["consume → ack, prefetch 3", fill, (side) => side.consume(MESSAGES, 3), MESSAGES],
  ["consume → ack, prefetch 100", fill, (side) => side.consume(MESSAGES, 100), MESSAGES],
] satisfies [string, () => Promise<void>, (side: Side) => Promise<void>, number][]) {
  const rates = await race(sides, prepare, run, count);
  const ratio = rates.ours / rates.bare;
  isGood &&= ratio >= BAR;
  const columns = [
    rates.ours.toFixed(0).padStart(9),
    rates.bare.toFixed(0).padStart(11),
    ratio.toFixed(3).padStart(8),
  ];
  console.log(title.padEnd(29) + columns.join(""));
}
console.log(`bar ${BAR}: ${isGood ? "held" : "missed"}`);
await admin.purge(queue);
await (await amqplib.connect(url)).createChannel().then(async (amqpChannel) => {
  await amqpChannel.deleteQueue(queue);
  await amqpChannel.connection;
});
await Promise.all([sides.ours.close(), sides.bare.close(), admin.close()]);
await embedded?.close();
process.exit(isGood ? 0 : 1);
