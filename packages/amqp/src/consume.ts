/**
 * consume: a queue as a chan of jobs.
 *
 * Invariants:
 * 1. What is in the chan is unacked, so the chan (capacity = prefetch) always has room for a delivery.
 * 2. When the AMQP channel is lost, what nobody has taken from the chan leaves it: the broker hands it out again.
 * 3. Only deliveries of the current AMQP channel are acked. A tag of an older one would ack somebody else's job, or
 *    close the AMQP channel with 406.
 * 4. A message that cannot be decoded is acked only after its copy in the dead-letter queue is confirmed.
 */
import { type Chan, chan, type RecvChan } from "@shirts/chan";
import { type Channel, type ConsumeMessage, IllegalOperationError } from "amqplib";
import { putAside } from "./dead-letter.ts";
import { assertQueue, type QueueOptions } from "./declare.ts";
import { AmqpError } from "./errors.ts";
import type { Session } from "./session.ts";
import type { Standing } from "./standing.ts";
import { delay, settledWithin, tell } from "./wait.ts";

/** What `decode` learns about a delivery besides its body. */
export interface Delivery {
  /** The broker has handed it out before, and nobody acked it. */
  readonly redelivered: boolean;
  /**
   * Tells the broker that the job is over. Never blocks. A second call does nothing, and so does a call after the
   * connection that brought it was lost: the broker has requeued it by then. Throws when called inside `decode`.
   */
  readonly ack: () => void;
}

export interface ConsumeOptions<T> {
  /** How many unacked jobs the broker gives us at once; at least 1. */
  readonly prefetch: number;
  /** Makes a job of a message. What it throws sends the message to the dead-letter queue, with that text as the reason. */
  readonly decode: (body: Uint8Array, delivery: Delivery) => T;
  /** What the queue is; must be the same for everybody who declares it. */
  readonly queue?: QueueOptions;
}

/** The jobs of a queue. Closed by `stop` and by the connection's `close`, never by a lost connection. */
export interface Consumption<T> extends RecvChan<T> {
  /**
   * No more jobs: unsubscribes, gives back what nobody has received, closes the chan. Jobs received before can still be
   * acked; with the last ack the AMQP channel goes too.
   */
  readonly stop: () => Promise<void>;
}

/** A malformed message that could not be put aside is tried again after this long. */
const ASIDE_RETRY_MS = 1_000;
const CANCEL_MS = 2_000;

export async function consume<T>(
  session: Session,
  queue: string,
  options: ConsumeOptions<T>,
): Promise<Consumption<T>> {
  const { prefetch } = options;
  if (!Number.isInteger(prefetch) || prefetch < 1 || prefetch > 65_535)
    throw new AmqpError(`queue "${queue}": prefetch is a whole number from 1 to 65535, not ${prefetch}.`);
  const consumer = new Consumer(session, queue, options);
  await consumer.start();
  return Object.assign(consumer.jobs, { stop: () => consumer.stop() });
}

/** A delivery that is out. */
interface Held {
  readonly amqpChannel: Channel;
  readonly message: ConsumeMessage;
  isReceivable: boolean;
  isSettled: boolean;
}

class Consumer<T> {
  readonly jobs: Chan<T>;
  #session: Session;
  #queue: string;
  #onClose = (): Promise<void> => this.stop();
  #options: ConsumeOptions<T>;
  #standing: Standing | undefined;
  #amqpChannel: Channel | undefined;
  #consumerTag = "";
  /** The messages whose jobs wait in the chan: its newest `jobs.len` ones. Older ones may linger until the next delivery. */
  #unreceived: ConsumeMessage[] = [];
  /** Deliveries of the current AMQP channel that have no answer yet. */
  #unanswered = 0;
  #isStopping = false;
  #hasStopped = false;
  #isReleased = false;
  #stopped: Promise<void> | undefined;

  constructor(session: Session, queue: string, options: ConsumeOptions<T>) {
    this.#session = session;
    this.#queue = queue;
    this.#options = options;
    this.jobs = chan<T>(options.prefetch);
  }

  async start(): Promise<void> {
    this.#session.onClose.add(this.#onClose);
    try {
      this.#standing = await this.#session.link.stand(`queue "${this.#queue}"`, {
        create: (model) => model.createChannel(),
        dress: (amqpChannel) => this.#subscribe(amqpChannel),
        lost: () => this.#lost(),
      });
    } catch (error) {
      this.#session.onClose.delete(this.#onClose);
      throw error;
    }
  }

  async #subscribe(amqpChannel: Channel): Promise<void> {
    if (this.#isStopping) return;
    this.#amqpChannel = amqpChannel;
    await amqpChannel.prefetch(this.#options.prefetch);
    await assertQueue(amqpChannel, this.#session.link, this.#queue, this.#options.queue);
    const { consumerTag } = await amqpChannel.consume(this.#queue, (message) => {
      if (message === null) this.#cancelled(amqpChannel);
      else if (this.#amqpChannel === amqpChannel) this.#deliver(amqpChannel, message);
    });
    this.#consumerTag = consumerTag;
    if (this.#isStopping) await amqpChannel.cancel(consumerTag); // Stopped while the broker was thinking.
  }

  #lost(): void {
    this.#amqpChannel = undefined;
    this.#unanswered = 0;
    this.#takeBack();
    // Nobody waits for these acks any longer: the broker has all of it back.
    if (this.#isStopping) void this.#release();
  }

  /** The broker took the queue away: somebody deleted it. Declare it and consume again. */
  #cancelled(amqpChannel: Channel): void {
    if (this.#amqpChannel === amqpChannel)
      this.#standing?.renew(new Error("the broker cancelled the consumer: the queue was deleted"));
  }

  #deliver(amqpChannel: Channel, message: ConsumeMessage): void {
    this.#unanswered++;
    if (this.#isStopping) {
      this.#answer(amqpChannel, message, "nack");
      return;
    }
    const held: Held = { amqpChannel, message, isReceivable: false, isSettled: false };
    const ack = this.#ackOf(held);
    try {
      const job = this.#options.decode(message.content, { redelivered: message.fields.redelivered, ack });
      held.isReceivable = true;
      // Invariant 1. A broker that ignores the prefetch gets its surplus back.
      if (!this.jobs.trySend(job)) this.#answer(amqpChannel, message, "nack");
      else if (this.jobs.len > 0) this.#remember(message);
    } catch (error) {
      void this.#putAside(amqpChannel, message, error instanceof Error ? error.message : String(error));
    }
  }

  /** Not a named arrow: tsx would give every job's function its name, and that costs more than the rest of a delivery. */
  #ackOf(held: Held): () => void {
    return () => {
      if (!held.isReceivable) throw new Error("ack inside decode: a job is acked by who works on it");
      if (held.isSettled) return;
      held.isSettled = true;
      this.#answer(held.amqpChannel, held.message, "ack");
    };
  }

  async #putAside(amqpChannel: Channel, message: ConsumeMessage, reason: string): Promise<void> {
    while (this.#amqpChannel === amqpChannel) {
      try {
        await putAside(this.#session, this.#queue, message, reason);
        this.#answer(amqpChannel, message, "ack");
        this.#session.onOver(this);
        return tell(this.#session.onDeadLetter, { queue: this.#queue, reason });
      } catch (error) {
        // Not acked, so not lost. It keeps its place in the prefetch until it is safe.
        tell(this.#session.onTrouble, this, (error as Error).message);
        await delay(ASIDE_RETRY_MS);
      }
    }
  }

  #remember(message: ConsumeMessage): void {
    this.#unreceived.push(message);
    while (this.#unreceived.length > this.jobs.len) this.#unreceived.shift();
  }

  /** Empties the chan. What was in it is the broker's again if the AMQP channel is lost, and is given back if not. */
  #takeBack(): void {
    const amqpChannel = this.#amqpChannel;
    const unreceived = this.#unreceived.splice(0).slice(-this.jobs.len || Number.POSITIVE_INFINITY);
    while (this.jobs.len > 0) this.jobs.tryRecv();
    if (amqpChannel) for (const message of unreceived) this.#answer(amqpChannel, message, "nack");
  }

  /** Invariant 3. On an AMQP channel that closes in this very moment it does nothing: the broker requeues by itself. */
  #answer(amqpChannel: Channel, message: ConsumeMessage, how: "ack" | "nack"): void {
    if (this.#amqpChannel !== amqpChannel) return;
    try {
      amqpChannel[how](message);
    } catch (error) {
      if (!(error instanceof IllegalOperationError)) throw error;
    }
    if (--this.#unanswered === 0 && this.#hasStopped) void this.#release();
  }

  stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const amqpChannel = this.#amqpChannel;
    if (amqpChannel) await settledWithin(amqpChannel.cancel(this.#consumerTag), CANCEL_MS);
    this.#takeBack();
    this.jobs.close();
    this.#hasStopped = true;
    if (this.#unanswered === 0) await this.#release();
  }

  async #release(): Promise<void> {
    if (this.#isReleased) return; // Our own close is a loss, too.
    this.#isReleased = true;
    this.#session.onClose.delete(this.#onClose);
    if (this.#standing) await this.#session.link.release(this.#standing);
  }
}
