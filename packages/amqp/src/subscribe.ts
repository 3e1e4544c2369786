/**
 * subscribe: a fan-out exchange as a chan, through an exclusive queue of our own.
 *
 * Invariants:
 * 1. The chan closes only with the session. Nobody is deaf without knowing it.
 * 2. The queue lives as long as its connection, and deliveries need no ack (the talk's choice). So whatever is sent
 *    while we reconnect is lost; `onResubscribe` is asked after the new queue is bound, so that nothing falls between.
 * 3. The buffer is bounded. When it is full the oldest value goes, and `onResubscribe` is asked as after a reconnect.
 * 4. `onResubscribe` begins at least once after each loss. What it throws is reported, and it is asked again.
 */
import { type Chan, chan, type RecvChan } from "@shirts/chan";
import type { Channel, ConsumeMessage } from "amqplib";
import { putAside } from "./dead-letter.ts";
import { cancelled } from "./errors.ts";
import type { Session } from "./session.ts";
import type { Standing } from "./standing.ts";
import { backoff, delay, tell } from "./wait.ts";

export interface SubscribeOptions<T> {
  /** Makes a value of a message. What it throws sends the message to the dead-letter queue of the exchange. */
  readonly decode: (body: Uint8Array) => T;
  /** Asked after messages may have been missed; what it answers goes into the chan like messages that arrived. */
  readonly onResubscribe?: () => Promise<readonly T[]> | Promise<void> | readonly T[] | void;
  /** How many values may wait for a receiver. Default 1024. */
  readonly capacity?: number;
}

export interface Subscription<T> {
  readonly chan: RecvChan<T>;
  /** The name that the broker gave to the first queue. Queues come and go with connections; the name stays. */
  readonly name: string;
}

/** How much may be on its way to the dead-letter queue at once. */
const ASIDE_LIMIT = { messages: 16, bytes: 8 * 1024 * 1024 };

const RESYNC_RETRY_MS = { first: 200, most: 5_000 };

export async function subscribe<T>(
  session: Session,
  exchange: string,
  options: SubscribeOptions<T>,
): Promise<Subscription<T>> {
  const subscriber = new Subscriber(session, exchange, options);
  await subscriber.start();
  return { chan: subscriber.values, name: subscriber.name };
}

class Subscriber<T> {
  readonly values: Chan<T>;
  name = "";
  #session: Session;
  #exchange: string;
  #options: SubscribeOptions<T>;
  #standing: Standing | undefined;
  #closed = false;
  /** Something may have been missed since `onResubscribe` was last asked. */
  #missed = false;
  #resyncing = false;
  #asides = 0;
  #asideBytes = 0;

  constructor(session: Session, exchange: string, options: SubscribeOptions<T>) {
    this.#session = session;
    this.#exchange = exchange;
    this.#options = options;
    this.values = chan<T>(Math.max(1, options.capacity ?? 1024));
  }

  async start(): Promise<void> {
    this.#standing = await this.#session.link.stand(`exchange "${this.#exchange}"`, {
      create: (model) => model.createChannel(),
      dress: (amqpChannel) => this.#bind(amqpChannel),
      lost: () => {},
    });
    this.#session.onClose.add(async () => {
      this.#closed = true;
      this.values.close();
    });
  }

  async #bind(amqpChannel: Channel): Promise<void> {
    await amqpChannel.assertExchange(this.#exchange, "fanout", { durable: true });
    const { queue } = await amqpChannel.assertQueue("", { exclusive: true, durable: false });
    await amqpChannel.bindQueue(queue, this.#exchange, "");
    const isFirst = this.name === "";
    if (isFirst) this.name = queue;
    const receive = (message: ConsumeMessage | null): void => {
      if (message) this.#receive(message);
      else this.#standing?.renew(cancelled());
    };
    await amqpChannel.consume(queue, receive, { noAck: true });
    if (!isFirst) this.#resync();
  }

  #receive(message: ConsumeMessage): void {
    let value: T;
    try {
      value = this.#options.decode(message.content);
    } catch (error) {
      void this.#putAside(message, error instanceof Error ? error.message : String(error));
      return;
    }
    if (!this.#put(value)) this.#resync();
  }

  /** False when an older value had to go. */
  #put(value: T): boolean {
    if (this.#closed || this.values.trySend(value)) return true;
    this.values.tryRecv();
    this.values.trySend(value);
    return false;
  }

  #resync(): void {
    this.#missed = true;
    if (!this.#resyncing) void this.#readAgain();
  }

  async #readAgain(): Promise<void> {
    this.#resyncing = true;
    for (let attempt = 0; this.#missed && !this.#closed; ) {
      this.#missed = false;
      try {
        // What these values push out is older than they are, so it was not missed.
        for (const value of (await this.#options.onResubscribe?.()) ?? []) this.#put(value);
        attempt = 0;
        this.#session.onOver(this);
      } catch (error) {
        this.#missed = true;
        const why = error instanceof Error ? error.message : String(error);
        this.#complain(`catching up failed: ${why}`);
        await delay(backoff(attempt++, RESYNC_RETRY_MS.first, RESYNC_RETRY_MS.most));
      }
    }
    this.#resyncing = false;
  }

  async #putAside(message: ConsumeMessage, reason: string): Promise<void> {
    const bytes = message.content.length;
    // Everybody may broadcast. Whoever sends rubbish is not to take the room of this node's own messages.
    if (this.#asides >= ASIDE_LIMIT.messages || this.#asideBytes + bytes > ASIDE_LIMIT.bytes)
      return this.#complain(`a malformed message is lost (${reason}): too many wait to be put aside`);
    this.#asides++;
    this.#asideBytes += bytes;
    try {
      await putAside(this.#session, this.#exchange, message, reason);
      tell(this.#session.onDeadLetter, { queue: this.#exchange, reason });
    } catch (error) {
      // There is nothing to leave unacked here: it is gone, and this line is all that is left of it.
      this.#complain(`a malformed message is lost (${reason}): ${(error as Error).message}`);
    }
    this.#asides--;
    this.#asideBytes -= bytes;
  }

  #complain(what: string): void {
    const { text } = this.#session.link.address;
    tell(this.#session.onTrouble, this, `${text}: exchange "${this.#exchange}": ${what}`);
  }
}
