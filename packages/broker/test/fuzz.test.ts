/**
 * Mutated sessions: the bytes of a real client are recorded once, then sent again with bits flipped and pieces removed,
 * doubled, moved and replaced. The broker must survive all of them without a bug, and no other client may notice.
 * FUZZ_SEED and FUZZ_MUTANTS repeat or widen a run.
 */
import { createServer, connect as dial, type Socket } from "node:net";
import { type Channel, connect } from "amqplib";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { startBroker } from "../src/index.ts";

const SEED = Number(process.env.FUZZ_SEED ?? 20_181_124);
const MUTANTS = Number(process.env.FUZZ_MUTANTS ?? 3_000);
const AT_ONCE = 40;

const bugs: unknown[] = [];
const broker = await startBroker({ onBug: (error) => bugs.push(error), limits: { memoryBytes: 64_000_000 } });
afterAll(() => broker.close());

/** One change of a session. Places are taken modulo the length of the session. */
const change = fc.record({
  kind: fc.constantFrom("flip", "set", "remove", "double", "replace", "copy", "truncate"),
  // Most changes spare the handshake, so that the broker reads on.
  sparesHandshake: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  from: fc.nat(),
  to: fc.nat(),
  size: fc.integer({ min: 1, max: 60 }),
  bit: fc.nat(7),
  noise: fc.uint8Array({ minLength: 1, maxLength: 12 }),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** The bytes of a session of amqplib with most methods in it. Its queue and exchange are named after `name`. */
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
  // Before the consumer starts: an ack that crosses a recover on its way is an unknown delivery tag.
  await amqpChannel.recover();
  await amqpChannel.get("fuzz-q");
  await amqpChannel.recover();
  const { consumerTag } = await amqpChannel.consume(
    `${name}-q`,
    (message) => message && amqpChannel.nack(message, false, !message.fields.redelivered),
  );
  await amqpChannel.cancel(consumerTag);
  await amqpChannel.purgeQueue(`${name}-q`);
  await amqpChannel.unbindQueue(`${name}-q`, `${name}-x`, "a.#");
  await amqpChannel.deleteQueue(`${name}-q`);
  await connection.close();
  await new Promise((resolve) => proxy.close(resolve));
  return Buffer.concat(sent);
}

/** About where the handshake of a recorded session ends. */
const HANDSHAKE_BYTES = 350;

function mutated(bytes: Buffer, { kind, sparesHandshake, from, to, size, bit, noise }: Change): Buffer {
  const spared = sparesHandshake ? Math.min(HANDSHAKE_BYTES, bytes.length - 1) : 0;
  const start = spared + (from % (bytes.length - spared));
  const target = to % bytes.length;
  const piece = bytes.subarray(start, start + size);
  const put = (...middle: Uint8Array[]) =>
    Buffer.concat([bytes.subarray(0, start), ...middle, bytes.subarray(start + size)]);
  const byte = bytes[start] ?? 0;
  switch (kind) {
    case "flip":
      return Buffer.from(bytes).fill(byte ^ (1 << bit), start, start + 1);
    case "set":
      return Buffer.from(bytes).fill(noise[0] ?? 0, start, start + 1);
    case "remove":
      return put();
    case "double":
      return put(piece, piece);
    case "replace":
      return put(noise);
    case "copy":
      return Buffer.concat([bytes.subarray(0, target), piece, bytes.subarray(target)]);
    case "truncate":
      return bytes.subarray(0, Math.max(1, bytes.length - size));
  }
}

/** Sends bytes and ignores the replies; resolves when the broker has ended the connection. */
function send(bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket: Socket = dial(broker.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.on("close", () => resolve());
    socket.resume();
    socket.end(bytes);
  });
}

/** Sends messages to itself through the broker until it is stopped; returns how many came back. */
async function bystander(amqpChannel: Channel, isDone: () => boolean): Promise<number> {
  const { queue } = await amqpChannel.assertQueue("", { exclusive: true });
  let wake: (body: string) => void = () => {};
  await amqpChannel.consume(queue, (message) => {
    if (!message) throw new Error("the bystander's consumer was cancelled");
    amqpChannel.ack(message);
    wake(message.content.toString());
  });
  let count = 0;
  while (!isDone()) {
    const back = new Promise<string>((resolve) => {
      wake = resolve;
    });
    amqpChannel.sendToQueue(queue, Buffer.from(`message ${count}`));
    expect(await back).toBe(`message ${count}`);
    count += 1;
  }
  return count;
}

test("no mutated session ends the broker or disturbs another client", {
  timeout: 60_000 + 10 * MUTANTS,
}, async () => {
  const session = await record("fuzz");
  expect(session.length).toBeGreaterThan(1_000);
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  const mutants = fc.sample(changes, { seed: SEED, numRuns: MUTANTS, unbiased: true });
  const watcher = await connect(broker.url);
  let isDone = false;
  const rounds = bystander(await watcher.createChannel(), () => isDone);
  for (let sent = 0; sent < MUTANTS; sent += AT_ONCE) {
    await Promise.all(mutants.slice(sent, sent + AT_ONCE).map((each) => send(each.reduce(mutated, session))));
  }
  isDone = true;
  expect(await rounds).toBeGreaterThan(0);
  expect(bugs, `seed ${SEED}`).toEqual([]);
  await watcher.close();
  // A whole session still succeeds, with names that no mutant has declared.
  expect((await record("after")).length).toBeGreaterThan(1_000);
});
