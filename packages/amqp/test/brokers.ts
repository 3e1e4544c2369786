/**
 * Where the tests run: always on an embedded broker of their own, and on a real RabbitMQ when there is one (AMQP_URL names
 * it, or it listens on 127.0.0.1:5672, where an embedded broker of another terminal is not taken for one). Names of queues and exchanges are new for every test, and removed after it.
 */
import { startBroker } from "@shirts/broker";
import { findRealRabbitMq } from "@shirts/broker/testing";
import { type Chan, chan } from "@shirts/chan";
import amqplib, { type Channel, type GetMessage } from "amqplib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  type ConnectionStatus,
  type ConnectOptions,
  connect,
  type Delivery,
  type Rabbit,
} from "../src/index.ts";
import { type FaultProxy, startFaultProxy } from "../src/testing/fault-proxy.ts";

const real = await findRealRabbitMq();

const text = new TextEncoder();
export const bytes = (value: string): Uint8Array => text.encode(value);
export const string = (body: Uint8Array): string => new TextDecoder().decode(body);

/** A job of the tests: its text, and what the delivery brought. */
export interface TestJob extends Delivery {
  readonly body: string;
}

/** Reads a job; "bad" is malformed. */
export function decodeJob(body: Uint8Array, delivery: Delivery): TestJob {
  const text = string(body);
  if (text === "bad") throw new Error("this is bad");
  return { body: text, ...delivery };
}

/** Where one test runs. Everything it opens is closed after it. */
export interface Stage {
  readonly url: string;
  readonly isReal: boolean;
  /** A name that no other test uses. */
  name(what: string): string;
  connect(url?: string, options?: ConnectOptions): Promise<Rabbit>;
  /** A connection through a proxy, and its statuses. */
  shaky(
    options?: ConnectOptions,
  ): Promise<{ rabbit: Rabbit; proxy: FaultProxy; statuses: Chan<ConnectionStatus> }>;
  /** Another program that uses bare amqplib. */
  bare<T>(work: (amqpChannel: Channel) => Promise<T>): Promise<T>;
  /** Takes the first message of a queue, which must be there, as another program would. */
  get(queue: string): Promise<GetMessage>;
}

export async function until(
  statuses: Chan<ConnectionStatus>,
  status: ConnectionStatus["status"],
): Promise<ConnectionStatus> {
  for await (const one of statuses) if (one.status === status) return one;
  throw new Error("unreachable: nobody closes this chan");
}

/** The next value, which must be there. */
export async function next<T>(source: {
  recv: () => Promise<readonly [T, true] | readonly [undefined, false]>;
}): Promise<T> {
  const [value, ok] = await source.recv();
  if (!ok) throw new Error("the chan is closed");
  return value;
}

export async function failure(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: Error) => error,
  );
  if (outcome === undefined) throw new Error("it should have failed");
  return outcome;
}

/** Declares the same tests for the embedded broker and for RabbitMQ. */
export function onEveryBroker(laws: (stage: Stage) => void): void {
  describe("on the embedded broker", () => laws(stageOf(() => startBroker(), false)));
  const { url, missing } = real;
  if (url !== undefined) describe("on RabbitMQ", () => laws(stageOf(async () => rabbitMq(url), true)));
  else if (process.env.REQUIRE_SERVICES === "1")
    test("on RabbitMQ", () => expect.fail(`REQUIRE_SERVICES=1, but ${missing}`));
  else test.skip(`on RabbitMQ: skipped, ${missing}`, () => {});
}

function rabbitMq(url: string): { url: string; close(): Promise<void> } {
  return { url, close: async () => {} };
}

function stageOf(start: () => Promise<{ url: string; close(): Promise<void> }>, isReal: boolean): Stage {
  let broker: { url: string; close(): Promise<void> };
  let cleanups: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    broker = await start();
  });
  afterEach(async () => {
    for (const clean of cleanups.reverse()) await clean();
    cleanups = [];
  });
  afterAll(() => broker.close());
  const stage: Stage = {
    get url() {
      return broker.url;
    },
    isReal,
    name(what) {
      const name = `test_${what}_${crypto.randomUUID().slice(0, 8)}`;
      cleanups.push(() =>
        stage.bare(async (amqpChannel) => {
          for (const queue of [name, `${name}_dead`]) await amqpChannel.deleteQueue(queue);
          await amqpChannel.deleteExchange(name);
        }),
      );
      return name;
    },
    async connect(url = broker.url, options = {}) {
      const rabbit = await connect(url, options);
      cleanups.push(() => rabbit.close());
      return rabbit;
    },
    async shaky(options) {
      const proxy = await startFaultProxy(broker.url);
      cleanups.push(() => proxy.close());
      const statuses = chan<ConnectionStatus>(10_000);
      const rabbit = await stage.connect(proxy.url, {
        onStatus: (status) => statuses.trySend(status),
        reconnectMs: { first: 5, longest: 20 },
        ...options,
      });
      return { rabbit, proxy, statuses };
    },
    async bare(work) {
      const connection = await amqplib.connect(broker.url);
      try {
        return await work(await connection.createChannel());
      } finally {
        await connection.close();
      }
    },
    get: (queue) =>
      stage.bare(async (amqpChannel) => {
        const message = await amqpChannel.get(queue, { noAck: true });
        if (message === false) throw new Error(`queue "${queue}" is empty`);
        return message;
      }),
  };
  return stage;
}
