/** connect: two connections to a broker, and everything that can be done over them. */
import { type Addresses, parseAddresses } from "./address.ts";
import { notify, StatusReporter } from "./connection-status.ts";
import { consume } from "./consume.ts";
import { DeadLetters } from "./dead-letter.ts";
import type { AmqpError } from "./errors.ts";
import { Publisher } from "./publisher.ts";
import type { ConnectOptions, Rabbit } from "./rabbit.ts";
import { subscribe } from "./subscribe.ts";
import { ConnectionSupervisor } from "./supervisor.ts";
import { retry } from "./timing.ts";
import { deadLetterQueue, declareQueue, hasDeadLetterQueue, Locks } from "./topology.ts";

/** The pause between attempts at the first connection, in milliseconds. */
const FIRST_PAUSES = { first: 250, longest: 250 };

/**
 * Connects. Waits for one attempt at each address, and for `retryFirstMs` when that is given. Throws AmqpError, whose
 * message says what is wrong. Once connected it reconnects by itself, for ever. Several URLs (a list, or one text with
 * commas) are the brokers of one cluster: each attempt goes to the next one.
 *
 * @example
 * const rabbit = await connect(url, { name: "v2-a", onStatus: ({ status }) => console.log(status) });
 * await rabbit.close();
 */
export async function connect(
  urls: string | readonly string[],
  options: ConnectOptions = {},
): Promise<Rabbit> {
  const addresses = parseAddresses(urls);
  const until = performance.now() + (options.retryFirstMs ?? 0);
  return retry(() => open(addresses, options), {
    pauses: FIRST_PAUSES,
    again: () => performance.now() <= until,
  });
}

/** The parts of one `connect`. */
interface Parts {
  /** The connection that consumes and asks questions. */
  readonly consuming: ConnectionSupervisor;
  /** The connection that publishes. The broker stops reading from a connection that publishes too much. */
  readonly publishing: ConnectionSupervisor;
  readonly publisher: Publisher;
  readonly reporter: StatusReporter;
  readonly deadLetters: DeadLetters;
}

async function open(addresses: Addresses, options: ConnectOptions): Promise<Rabbit> {
  const {
    name = "shirts",
    connectTimeoutMs = 10_000,
    publishTimeoutMs = 30_000,
    reconnectMs = { first: 100, longest: 5_000 },
    maxPending = 10_000,
    maxPendingBytes = 64 * 1024 * 1024,
  } = options;
  const reporter = new StatusReporter(options.onStatus);
  const common = { connectTimeoutMs, waitMs: publishTimeoutMs, pauses: reconnectMs };
  const consuming = new ConnectionSupervisor(
    addresses,
    { ...common, name: `${name} consumes` },
    reporter.listener(),
  );
  const publishing = new ConnectionSupervisor(
    addresses,
    { ...common, name: `${name} publishes` },
    reporter.listener((reason) => publisher.setBlocked(reason)),
  );
  const publisher = new Publisher(publishing, { timeoutMs: publishTimeoutMs, maxPending, maxPendingBytes });
  const deadLetters = new DeadLetters(
    consuming,
    (message) => publisher.send(message),
    (letter) => notify(options.onDeadLetter, letter),
  );
  try {
    await consuming.open();
    await publishing.open();
    await publisher.open();
  } catch (error) {
    await Promise.all([consuming.close(connectTimeoutMs), publishing.close(connectTimeoutMs)]);
    throw error;
  }
  reporter.begin();
  return rabbit({ consuming, publishing, publisher, reporter, deadLetters });
}

function rabbit(parts: Parts): Rabbit {
  const { consuming, publisher, deadLetters } = parts;
  const locks = new Locks(consuming);
  let closing: Promise<void> | undefined;
  return {
    get server() {
      return consuming.server;
    },
    consume: (queue, options) => consume(consuming, deadLetters, queue, options),
    subscribe: (exchange, options) => subscribe(consuming, deadLetters, exchange, options),
    publish: (queue, body) => publisher.send({ exchange: "", key: queue, body, isMandatory: true }),
    async broadcast(exchange, body) {
      await publisher.exchanges.declare(exchange);
      await publisher.send({ exchange, key: "", body, isMandatory: false });
    },
    async declareQueue(queue, options = {}) {
      await consuming.withAmqpChannel(`queue "${queue}"`, (amqpChannel) =>
        declareQueue(amqpChannel, queue, options),
      );
      if (!hasDeadLetterQueue(options)) return;
      const source = {};
      await deadLetters
        .declareQueue(queue, options, source, (work) =>
          consuming.withAmqpChannel(`queue "${deadLetterQueue(queue)}"`, work),
        )
        .catch((error: AmqpError) => consuming.failed(source, error));
    },
    lock: (name) => locks.lock(name),
    depth: (queue) =>
      consuming.withAmqpChannel(`queue "${queue}"`, async (amqpChannel) => {
        const { messageCount, consumerCount } = await amqpChannel.checkQueue(queue);
        return { messages: messageCount, consumers: consumerCount };
      }),
    purge: (queue) =>
      consuming.withAmqpChannel(
        `queue "${queue}"`,
        async (amqpChannel) => (await amqpChannel.purgeQueue(queue)).messageCount,
      ),
    close({ deadlineMs = 5_000 } = {}) {
      closing ??= close(parts, deadlineMs);
      return closing;
    },
  };
}

/** First the consumers, then the confirms, then the AMQP channels and connections. Never rejects. */
async function close(
  { consuming, publishing, publisher, reporter }: Parts,
  deadlineMs: number,
): Promise<void> {
  const until = performance.now() + deadlineMs;
  const left = (): number => Math.max(0, until - performance.now());
  reporter.end();
  await consuming.stop(left());
  await publisher.close(left());
  await Promise.all([consuming.close(left()), publishing.close(left())]);
}
