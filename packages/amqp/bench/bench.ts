/**
 * This package against bare amqplib, on the same broker, in one process: `pnpm --filter amqp bench`.
 *
 * Both sides do the same work with the same flags and socket options, in rounds that alternate, so that a busy machine
 * hurts both. The ratio is the median over the rounds of our messages a second to bare amqplib's in the same round; 1
 * means that the chans, the bookkeeping for reconnects and the message ids cost nothing. The processor time of each
 * message, ours and bare, is the same comparison without the broker and the neighbours. The broker is AMQP_URL, else the embedded one.
 */
import { startBroker } from "@shirts/broker";
import amqplib, { type ConfirmChannel } from "amqplib";
import { connect } from "../src/index.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 31);
const MESSAGES = Number(process.env.MESSAGES ?? 2_000);
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
      const { chan: jobs, stop } = await rabbit.consume(queue, {
        prefetch,
        decode: (_body, { ack }) => ({ ack }),
      });
      let left = count;
      for await (const job of jobs) {
        job.ack();
        if (--left === 0) break;
      }
      await stop();
    },
    close: () => rabbit.close(),
  };
}

async function bare(
  url: string,
): Promise<Side & { removeQueue(): Promise<unknown>; close(): Promise<void> }> {
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
    removeQueue: () => confirms.deleteQueue(queue),
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

interface Rates {
  /** Messages a second. */
  readonly rates: number[];
  /** Microseconds of processor time for each message. */
  readonly costs: number[];
}

/** Runs both sides in rounds; the side that goes first alternates. */
async function race(
  sides: { ours: Side; bare: Side },
  prepare: () => Promise<void>,
  run: (side: Side) => Promise<void>,
  count: number,
): Promise<{ ours: Rates; bare: Rates }> {
  const measured = { ours: { rates: [], costs: [] } as Rates, bare: { rates: [], costs: [] } as Rates };
  // The first two rounds warm the engine up and do not count.
  for (let round = -2; round < ROUNDS; round++) {
    for (const name of round % 2 === 0 ? (["ours", "bare"] as const) : (["bare", "ours"] as const)) {
      await prepare();
      const [start, used] = [performance.now(), process.cpuUsage()];
      await run(sides[name]);
      const { user, system } = process.cpuUsage(used);
      if (round < 0) continue;
      measured[name].rates.push((count * 1_000) / (performance.now() - start));
      measured[name].costs.push((user + system) / count);
    }
  }
  return measured;
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
console.log("measure                         ours/s     bare/s   ratio   µs each, ours and bare");
let isGood = true;
for (const [title, prepare, run, count] of [
  ["publish → confirm, one by one", empty, (side) => side.publish(MESSAGES / 4, 1), MESSAGES / 4],
  ["publish → confirm, 100 at once", empty, (side) => side.publish(MESSAGES, 100), MESSAGES],
  ["consume → ack, prefetch 1", fill, (side) => side.consume(MESSAGES, 1), MESSAGES],
  ["consume → ack, prefetch 3", fill, (side) => side.consume(MESSAGES, 3), MESSAGES],
  ["consume → ack, prefetch 100", fill, (side) => side.consume(MESSAGES, 100), MESSAGES],
] satisfies [string, () => Promise<void>, (side: Side) => Promise<void>, number][]) {
  const { ours, bare } = await race(sides, prepare, run, count);
  const ratio = median(ours.rates.map((rate, round) => rate / (bare.rates[round] ?? Number.NaN)));
  isGood &&= ratio >= BAR;
  const columns = [
    median(ours.rates).toFixed(0).padStart(9),
    median(bare.rates).toFixed(0).padStart(11),
    ratio.toFixed(3).padStart(8),
    median(ours.costs).toFixed(1).padStart(10),
    median(bare.costs).toFixed(1).padStart(7),
  ];
  console.log(title.padEnd(29) + columns.join(""));
}
console.log(`bar ${BAR}: ${isGood ? "held" : "missed"}`);
await sides.bare.removeQueue();
await Promise.all([sides.ours.close(), sides.bare.close(), admin.close()]);
await embedded?.close();
process.exit(isGood ? 0 : 1);
