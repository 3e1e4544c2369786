/**
 * subscribe: a fan-out exchange as a chan, through an exclusive queue of our own.
 *
 * Invariants:
 * 1. The chan closes only with `stop` and with the connection's `close`. No subscription goes deaf unnoticed.
 * 2. The queue lives as long as its AMQP channel, and deliveries need no ack (the talk's choice). So whatever is sent
 *    while we reconnect is lost; `onResubscribe` is called after the new queue is bound, so that nothing falls between.
 * 3. The buffer is bounded. When it is full the oldest value goes, and `onResubscribe` is called as after a reconnect.
 * 4. `onResubscribe` begins at least once after each loss. What it throws is reported, and it is called again.
 */
import { type Chan, chan, type RecvChan } from "@shirts/chan";
import type { Channel, ConsumeMessage } from "amqplib";
import type { PersistentChannel } from "./amqp-channels.ts";
import type { DeadLetters } from "./dead-letter.ts";
import { AmqpError, cancelled } from "./errors.ts";
import type { ConnectionSupervisor } from "./supervisor.ts";
import { retry } from "./timing.ts";
import { declareFanout } from "./topology.ts";

/** How `subscribe` behaves. */
export interface SubscribeOptions<T> {
  /** Makes a value of a message. What it throws sends the message to the dead-letter queue of the exchange. Must not block. */
  readonly decode: (body: Uint8Array) => T;
  /** Called after messages may have been missed. What it returns goes into the chan like messages that arrived. */
  readonly onResubscribe?: () => Promise<readonly T[]> | Promise<void> | readonly T[] | void;
  /** How many values may wait for a receiver. Default 1024. */
  readonly capacity?: number;
}

/** What is broadcast to an exchange. */
export interface Subscription<T> {
  /** The values, in a chan that holds as many as `capacity`. Closed by `stop` and by the `close` of the connection, never by a lost connection. */
  readonly chan: RecvChan<T>;
  /** The name that the broker gave to the first queue. Queues come and go with connections; the name stays. */
  readonly name: string;
  /**
   * Ends the subscription: closes the chan, and the AMQP channel with the queue. What waits in the chan can still be
   * received. Resolves when the broker agrees, after 2 seconds at most. Never rejects.
   *
   * @example
   * const { chan: cancels, stop } = await rabbit.subscribe("cancels", { decode: (body) => `${body}` });
   * await stop();
   * await cancels.recv(); // => [undefined, false]
   */
  readonly stop: () => Promise<void>;
}

/** How much may be on its way to the dead-letter queue at once. */
const DEAD_LETTER_LIMIT = { messages: 16, bytes: 8 * 1024 * 1024 };

const RESYNC_PAUSES = { first: 200, longest: 5_000 };

export async function subscribe<T>(
  supervisor: ConnectionSupervisor,
  deadLetters: DeadLetters,
  exchange: string,
  options: SubscribeOptions<T>,
): Promise<Subscription<T>> {
  const subscriber = new Subscriber(supervisor, deadLetters, exchange, options);
  await subscriber.start();
  return { chan: subscriber.values, name: subscriber.name, stop: () => subscriber.stop() };
}

class Subscriber<T> {
  readonly values: Chan<T>;
  name = "";
  #supervisor: ConnectionSupervisor;
  #deadLetters: DeadLetters;
  #exchange: string;
  #options: SubscribeOptions<T>;
  #persistent: PersistentChannel | undefined;
  #isClosed = false;
  /** True when something may have been missed since `onResubscribe` was last called. */
  #hasMissed = false;
  #isResyncing = false;
  /** What is on its way to the dead-letter queue. */
  #dying = { messages: 0, bytes: 0 };

  constructor(
    supervisor: ConnectionSupervisor,
    deadLetters: DeadLetters,
    exchange: string,
    options: SubscribeOptions<T>,
  ) {
    this.#supervisor = supervisor;
    this.#deadLetters = deadLetters;
    this.#exchange = exchange;
    this.#options = options;
    this.values = chan<T>(Math.max(1, options.capacity ?? 1024));
  }

  async start(): Promise<void> {
    this.#persistent = await this.#supervisor.keepAmqpChannel(`exchange "${this.#exchange}"`, {
      create: (model) => model.createChannel(),
      setUp: (amqpChannel) => this.#setUp(amqpChannel),
      stop: async () => this.#close(),
    });
  }

  async #setUp(amqpChannel: Channel): Promise<void> {
    await declareFanout(amqpChannel, this.#exchange);
    const { queue } = await amqpChannel.assertQueue("", {
      exclusive: true,
      durable: false,
      autoDelete: true,
    });
    await amqpChannel.bindQueue(queue, this.#exchange, "");
    const isFirst = this.name === "";
    if (isFirst) this.name = queue;
    const receive = (message: ConsumeMessage | null): void => {
      if (message) this.#receive(message);
      else this.#persistent?.renew(cancelled(0));
    };
    await amqpChannel.consume(queue, receive, { noAck: true });
    if (!isFirst) this.#resync();
  }

  #receive(message: ConsumeMessage): void {
    if (this.#isClosed) return;
    let value: T;
    try {
      value = this.#options.decode(message.content);
    } catch (error) {
      void this.#deadLetter(message, error instanceof Error ? error.message : String(error));
      return;
    }
    if (!this.#put(value)) this.#resync();
  }

  /** False when an older value had to go. */
  #put(value: T): boolean {
    if (this.#isClosed || this.values.trySend(value)) return true;
    this.values.tryRecv();
    this.values.trySend(value);
    return false;
  }

  #resync(): void {
    this.#hasMissed = true;
    if (!this.#isResyncing) void this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    this.#isResyncing = true;
    const attempt = async (): Promise<void> => {
      if (this.#isClosed) return;
      this.#hasMissed = false;
      // What these values push out is older than they are, so it was not missed.
      for (const value of (await this.#options.onResubscribe?.()) ?? []) this.#put(value);
      this.#supervisor.recovered(this);
    };
    const again = ({ message }: Error): boolean => {
      this.#complain(`catching up failed: ${message}`);
      return true;
    };
    while (this.#hasMissed && !this.#isClosed)
      await retry(attempt, { pauses: RESYNC_PAUSES, again, isBackground: true });
    this.#isResyncing = false;
  }

  async #deadLetter(message: ConsumeMessage, reason: string): Promise<void> {
    const bytes = message.content.length;
    const dying = this.#dying;
    // Every program may broadcast. Malformed messages of one of them must not take the room of this node's own messages.
    if (dying.messages >= DEAD_LETTER_LIMIT.messages || dying.bytes + bytes > DEAD_LETTER_LIMIT.bytes)
      return this.#complain(`a malformed message is lost (${reason}): too many wait to be dead-lettered`);
    dying.messages++;
    dying.bytes += bytes;
    try {
      await this.#deadLetters.publish(this.#exchange, message, reason);
      this.#deadLetters.report(this.#exchange, reason);
    } catch (error) {
      // There is nothing to leave unacked here: the message is gone, and this line is all that is left of it.
      this.#complain(`a malformed message is lost (${reason}): ${(error as Error).message}`);
    }
    dying.messages--;
    dying.bytes -= bytes;
  }

  #complain(what: string): void {
    const text = `${this.#supervisor.address.text}: exchange "${this.#exchange}": ${what}`;
    this.#supervisor.failed(this, new AmqpError("failed", text));
  }

  #close(): void {
    if (!this.#isClosed) this.values.close();
    this.#isClosed = true;
  }

  async stop(): Promise<void> {
    this.#close();
    // The queue goes with its AMQP channel.
    if (this.#persistent) await this.#supervisor.release(this.#persistent);
  }
}
