/**
 * Mutated sessions: a real client's bytes are recorded once, then sent again with bits flipped and pieces cut, doubled,
 * moved and made up. Whatever comes, the broker lives, calls nothing a bug, and other clients notice nothing.
 * FUZZ_SEED and FUZZ_MUTANTS repeat or widen a run.
 */
import { createServer, connect as dial, type Socket } from "node:net";
import { type Channel, connect } from "amqplib";
import { afterAll, expect, test } from "vitest";
import { startBroker } from "../src/index.ts";

const SEED = Number(process.env.FUZZ_SEED ?? 20_181_124);
const MUTANTS = Number(process.env.FUZZ_MUTANTS ?? 3_000);
const AT_ONCE = 40;

const bugs: unknown[] = [];
const broker = await startBroker({ onBug: (error) => bugs.push(error), limits: { memoryBytes: 64_000_000 } });
afterAll(() => broker.close());

/** mulberry32: small numbers from a seed, the same on every machine. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A session of amqplib with most methods in it, as the bytes it sent; `name` is what its queue and exchange are called. */
async function record(name: string): Promise<Buffer> {
  const sent: Buffer[] = [];
  const proxy = createServer((client) => {
    const server = dial(broker.port, "127.0.0.1");
    client.on("data", (chunk) => sent.push(chunk)).pipe(server);
    server.pipe(client);
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const connection = await connect(`amqp://guest:guest@127.0.0.1:${port}`);
  const amqpChannel = await connection.createConfirmChannel();
  await amqpChannel.assertExchange(`${name}-x`, "topic", { autoDelete: true });
  const args = {
    messageTtl: 5_000,
    deadLetterExchange: `${name}-x`,
    maxLength: 50,
    arguments: { "x-expires": 60_000 },
  };
  await amqpChannel.assertQueue(`${name}-q`, { ...args, durable: true });
  await amqpChannel.bindQueue(`${name}-q`, `${name}-x`, "a.#");
  await amqpChannel.prefetch(2);
  for (let i = 0; i < 4; i += 1) {
    const headers = { list: [1, "two", { three: 3 }], CC: ["a.c"] };
    amqpChannel.publish(`${name}-x`, "a.b", Buffer.alloc(i * 40, "x"), {
      headers,
      mandatory: true,
      expiration: "9000",
    });
  }
  await amqpChannel.waitForConfirms();
  await amqpChannel.get(`${name}-q`);
  // Before anything is consumed: an ack that crosses a recover on the wire is an unknown delivery tag.
  await amqpChannel.recover();
  await amqpChannel.get("fuzz-q");
  await amqpChannel.recover();
  const { consumerTag } = await amqpChannel.consume(
    `${name}-q`,
    (job) => job && amqpChannel.nack(job, false, !job.fields.redelivered),
  );
  await amqpChannel.cancel(consumerTag);
  await amqpChannel.purgeQueue(`${name}-q`);
  await amqpChannel.unbindQueue(`${name}-q`, `${name}-x`, "a.#");
  await amqpChannel.deleteQueue(`${name}-q`);
  await connection.close();
  await new Promise((resolve) => proxy.close(resolve));
  return Buffer.concat(sent);
}

function mutate(session: Buffer, random: (below: number) => number): Buffer {
  let bytes: Buffer = Buffer.from(session);
  for (let changes = 1 + random(4); changes > 0; changes -= 1) {
    // The handshake is kept most of the time: behind it is more to break.
    const from =
      random(5) === 0 ? random(bytes.length) : Math.min(bytes.length - 1, 350 + random(bytes.length));
    const size = 1 + random(60);
    const piece = bytes.subarray(from, from + size);
    const made = Buffer.from(Array.from({ length: 1 + random(12) }, () => random(256)));
    const put = (...middle: Buffer[]) =>
      Buffer.concat([bytes.subarray(0, from), ...middle, bytes.subarray(from + size)]);
    const to = random(bytes.length);
    switch (random(7)) {
      case 0:
        bytes[from] = (bytes[from] ?? 0) ^ (1 << random(8));
        break;
      case 1:
        bytes[from] = random(256);
        break;
      case 2:
        bytes = put();
        break;
      case 3:
        bytes = put(piece, piece);
        break;
      case 4:
        bytes = put(made);
        break;
      case 5:
        bytes = Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)]);
        break;
      default:
        bytes = bytes.subarray(0, Math.max(1, bytes.length - size));
    }
  }
  return bytes;
}

/** Sends bytes, does not listen, and is done when the broker has ended the connection. */
function send(bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket: Socket = dial(broker.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.on("close", () => resolve());
    socket.resume();
    socket.end(bytes);
  });
}

/** Sends jobs to itself through the broker for as long as it is asked to; returns how many went round. */
async function bystander(amqpChannel: Channel, isDone: () => boolean): Promise<number> {
  const { queue } = await amqpChannel.assertQueue("", { exclusive: true });
  let wake: (body: string) => void = () => {};
  await amqpChannel.consume(queue, (job) => {
    if (!job) throw new Error("the bystander's consumer was cancelled");
    amqpChannel.ack(job);
    wake(job.content.toString());
  });
  let count = 0;
  while (!isDone()) {
    const back = new Promise<string>((resolve) => {
      wake = resolve;
    });
    amqpChannel.sendToQueue(queue, Buffer.from(`job ${count}`));
    expect(await back).toBe(`job ${count}`);
    count += 1;
  }
  return count;
}

test("no mutated session ends the broker or disturbs another client", { timeout: 60_000 }, async () => {
  const session = await record("fuzz");
  expect(session.length).toBeGreaterThan(1_000);
  const random = chance(SEED);
  const watcher = await connect(broker.url);
  let isDone = false;
  const rounds = bystander(await watcher.createChannel(), () => isDone);
  for (let sent = 0; sent < MUTANTS; sent += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => send(mutate(session, random))));
  }
  isDone = true;
  expect(await rounds).toBeGreaterThan(0);
  expect(bugs, `seed ${SEED}`).toEqual([]);
  await watcher.close();
  // A whole session still goes through, with names that no mutant has declared.
  expect((await record("after")).length).toBeGreaterThan(1_000);
});
