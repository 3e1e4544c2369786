/** connect: two connections to a broker, and everything that can be done over them. */
import { type Addresses, parseAddresses } from "./address.ts";
import { Claims } from "./claim.ts";
import type { Pauses } from "./connection.ts";
import { type ConsumeOptions, type Consumption, consume } from "./consume.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { DeadQueue } from "./dead-queue.ts";
import { assertQueue, deadQueue, hasDeadQueue, type QueueOptions } from "./declare.ts";
import { Link } from "./link.ts";
import { Publisher } from "./publish.ts";
import type { Session } from "./session.ts";
import { Mood, type State } from "./state.ts";
import { type SubscribeOptions, type Subscription, subscribe } from "./subscribe.ts";
import { delay, settledWithin } from "./wait.ts";

export interface ConnectOptions {
  /** How RabbitMQ's management page calls our connections. */
  readonly name?: string;
  /** Told about every change after the first connection. Must not block. */
  readonly onState?: (state: State) => void;
  /** Told once for each malformed message, when it is safe in its dead-letter queue. */
  readonly onDeadLetter?: (letter: DeadLetter) => void;
  /** How long a first connection is tried again when the first attempt fails. Default 0: one attempt. */
  readonly retryFirstMs?: number;
  /** How long one attempt may take. Default 10000. */
  readonly connectTimeoutMs?: number;
  /** How long a message may wait for its confirm, a question for its answer, and `consume`, `subscribe` and `claim` for a connection; reconnects included. Default 30000. */
  readonly publishTimeoutMs?: number;
  /** Pauses between attempts to reconnect, in milliseconds; they double from `first` to `longest`. Default 100 and 5000. */
  readonly reconnectMs?: Pauses;
  /** How many messages may wait for their confirms at once. Default 10000. */
  readonly maxPending?: number;
  /** How many bytes their bodies may have together. Default 64 MiB. */
  readonly maxPendingBytes?: number;
}

/** A broker, seen as chans. Every promise rejects with AmqpError, whose message is one line for people. */
export interface Rabbit {
  /** The jobs of a durable queue, which is declared if need be. Waits for a connection, at most `publishTimeoutMs`. */
  consume<T>(queue: string, options: ConsumeOptions<T>): Promise<Consumption<T>>;
  /** Everything that is broadcast to a durable fan-out exchange from now on. Waits for a connection, at most `publishTimeoutMs`. */
  subscribe<T>(exchange: string, options: SubscribeOptions<T>): Promise<Subscription<T>>;
  /** Puts a persistent message into a queue. Resolves when the broker has it; the queue must exist. At least once: a lost confirm means a second copy. */
  publish(queue: string, body: Uint8Array): Promise<void>;
  /** Sends a message to everybody who is subscribed at this moment. Resolves when the broker has it. */
  broadcast(exchange: string, body: Uint8Array): Promise<void>;
  /** Declares a durable queue, and its dead-letter queue if it has one; that this one cannot be declared is told by `onState`. */
  declareQueue(queue: string, options?: QueueOptions): Promise<void>;
  /**
   * Takes a name for as long as this connection lives, by an exclusive queue. False when another connection has it. After
   * a lost connection the name is claimed again; if somebody else has it by then, `onState` tells `failed` with the name,
   * `connected` waits, and the claim is tried until it is free. Asking again tells whether it is ours now.
   */
  claim(name: string): Promise<boolean>;
  /** How many jobs wait in a queue (those handed out and not yet acked are not counted), and how many consumers it has. */
  depth(queue: string): Promise<{ messages: number; consumers: number }>;
  /** Throws away the jobs that wait in a queue. Returns how many. */
  purge(queue: string): Promise<number>;
  /** Closes the chans, waits for confirms at most `deadlineMs` (default 5000), closes the connections. Never throws; a second call waits for the first. */
  close(options?: { deadlineMs?: number }): Promise<void>;
}

/**
 * Connects, or throws an AmqpError that says what to correct. Once connected it reconnects by itself, for ever. Several
 * URLs (a list, or one text with commas) are the brokers of one cluster: each attempt goes to the next one.
 */
export async function connect(
  urls: string | readonly string[],
  options: ConnectOptions = {},
): Promise<Rabbit> {
  const addresses = parseAddresses(urls);
  const until = performance.now() + (options.retryFirstMs ?? 0);
  for (;;) {
    try {
      return await open(addresses, options);
    } catch (error) {
      if (performance.now() > until) throw error;
      await delay(250);
    }
  }
}

async function open(addresses: Addresses, options: ConnectOptions): Promise<Rabbit> {
  const {
    name = "shirts",
    connectTimeoutMs = 10_000,
    publishTimeoutMs = 30_000,
    maxPending = 10_000,
    maxPendingBytes = 64 * 1024 * 1024,
  } = options;
  const pausesMs = options.reconnectMs ?? { first: 100, longest: 5_000 };
  const mood = new Mood(options.onState);
  const common = { connectTimeoutMs, waitMs: publishTimeoutMs, pausesMs };
  const link = new Link(addresses, { ...common, name: `${name} consumes` }, mood.listen());
  const publishLink = new Link(
    addresses,
    { ...common, name: `${name} publishes` },
    mood.listen((reason) => publisher.setBlocked(reason)),
  );
  const publisher = new Publisher(publishLink, { timeoutMs: publishTimeoutMs, maxPending, maxPendingBytes });
  try {
    await link.open();
    await publishLink.open();
    await publisher.open();
  } catch (error) {
    await Promise.all([link.close(connectTimeoutMs), publishLink.close(connectTimeoutMs)]);
    throw error;
  }
  mood.begin();
  const session: Session = {
    link,
    publisher,
    onDeadLetter: options.onDeadLetter,
    onTrouble: (who, reason) => mood.trouble(who, reason),
    onOver: (who) => mood.over(who),
    onClose: new Set(),
  };
  return rabbit(session, publishLink, mood);
}

function rabbit(session: Session, publishLink: Link, mood: Mood): Rabbit {
  const { link, publisher } = session;
  const claims = new Claims(link);
  let closing: Promise<void> | undefined;
  const shut = async (deadlineMs: number): Promise<void> => {
    const until = performance.now() + deadlineMs;
    const left = (): number => Math.max(0, until - performance.now());
    mood.end();
    await settledWithin(Promise.all([...session.onClose].map((close) => close())), left());
    await publisher.close(left());
    await Promise.all([link.close(left()), publishLink.close(left())]);
  };
  return {
    consume: (queue, options) => consume(session, queue, options),
    subscribe: (exchange, options) => subscribe(session, exchange, options),
    publish: (queue, body) => publisher.send({ exchange: "", key: queue, body, isJob: true }),
    async broadcast(exchange, body) {
      await publisher.exchanges.declare(exchange);
      await publisher.send({ exchange, key: "", body, isJob: false });
    },
    async declareQueue(queue, options = {}) {
      await link.scratch(`queue "${queue}"`, (amqpChannel) => assertQueue(amqpChannel, link, queue, options));
      if (hasDeadQueue(options))
        await new DeadQueue(session, queue, options).declare((work) =>
          link.scratch(`queue "${deadQueue(queue)}"`, work),
        );
    },
    claim: (name) => claims.claim(name),
    depth: (queue) =>
      link.scratch(`queue "${queue}"`, async (amqpChannel) => {
        const { messageCount, consumerCount } = await amqpChannel.checkQueue(queue);
        return { messages: messageCount, consumers: consumerCount };
      }),
    purge: (queue) =>
      link.scratch(
        `queue "${queue}"`,
        async (amqpChannel) => (await amqpChannel.purgeQueue(queue)).messageCount,
      ),
    close({ deadlineMs = 5_000 } = {}) {
      closing ??= shut(deadlineMs);
      return closing;
    },
  };
}
