/**
 * consume: a queue as a chan of jobs.
 *
 * Invariants, besides those of deliveries:
 * 1. What is in the chan is unacked, so the chan (capacity = prefetch) always has room for a delivery.
 * 2. When the AMQP channel is lost, what nobody has taken from the chan leaves it: the broker hands it out again.
 */
import { type Chan, chan, type RecvChan } from "@shirts/chan";
import type { Channel, ChannelModel, ConsumeMessage } from "amqplib";
import { DeadQueue } from "./dead-queue.ts";
import { assertQueue, hasDeadQueue, type QueueOptions } from "./declare.ts";
import { Answers, type Delivery, HandedOut } from "./delivery.ts";
import { AmqpError, cancelled } from "./errors.ts";
import { onScratch } from "./scratch.ts";
import type { Session } from "./session.ts";
import type { Standing } from "./standing.ts";
import { backoff, settledWithin } from "./wait.ts";

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

const CANCEL_MS = 2_000;
const DEAD_QUEUE_RETRY_MS = { first: 200, most: 10_000 };

export async function consume<T>(
  session: Session,
  queue: string,
  options: ConsumeOptions<T>,
): Promise<Consumption<T>> {
  const { prefetch } = options;
  if (!Number.isInteger(prefetch) || prefetch < 1 || prefetch > 65_535)
    throw new AmqpError(
      `${session.link.address.text}: queue "${queue}": prefetch is a whole number from 1 to 65535, not ${prefetch}.`,
    );
  const consumer = new Consumer(session, queue, options);
  await consumer.start();
  return Object.assign(consumer.jobs, { stop: () => consumer.stop() });
}

class Consumer<T> {
  readonly jobs: Chan<T>;
  #session: Session;
  #queue: string;
  #onClose = (): Promise<void> => this.stop();
  #options: ConsumeOptions<T>;
  #standing: Standing | undefined;
  #answers: Answers;
  #deadQueue: DeadQueue | undefined;
  #consumerTag = "";
  /** The deliveries whose jobs wait in the chan: its newest `jobs.len` ones. Older ones may linger until the next delivery. */
  #unreceived: HandedOut[] = [];
  #isStopping = false;
  #hasStopped = false;
  #isReleased = false;
  #stopped: Promise<void> | undefined;

  constructor(session: Session, queue: string, options: ConsumeOptions<T>) {
    this.#session = session;
    this.#queue = queue;
    this.#options = options;
    this.jobs = chan<T>(options.prefetch);
    const { queue: queueOptions = {} } = options;
    this.#answers = new Answers(session, queue, queueOptions, () => {
      if (this.#hasStopped) void this.#release();
    });
    this.#deadQueue = hasDeadQueue(queueOptions) ? new DeadQueue(session, queue, queueOptions) : undefined;
  }

  async start(): Promise<void> {
    this.#session.onClose.add(this.#onClose);
    try {
      this.#standing = await this.#session.link.stand(`queue "${this.#queue}"`, {
        create: (model) => model.createChannel(),
        dress: (amqpChannel, model) => this.#subscribe(amqpChannel, model),
        lost: () => this.#lost(),
      });
    } catch (error) {
      this.#session.onClose.delete(this.#onClose);
      throw error;
    }
  }

  async #subscribe(amqpChannel: Channel, model: ChannelModel): Promise<void> {
    if (this.#isStopping) return;
    this.#answers.amqpChannel = amqpChannel;
    await amqpChannel.prefetch(this.#options.prefetch);
    await assertQueue(amqpChannel, this.#session.link, this.#queue, this.#options.queue ?? {});
    await this.#declareDeadQueue(amqpChannel, model, 0);
    const { consumerTag } = await amqpChannel.consume(this.#queue, (message) => {
      if (message === null) this.#cancelled(amqpChannel);
      else if (this.#answers.amqpChannel === amqpChannel) this.#deliver(amqpChannel, message);
    });
    this.#consumerTag = consumerTag;
    if (this.#isStopping) await amqpChannel.cancel(consumerTag); // Stopped while the broker was thinking.
  }

  /** Tries until it is there, or until this AMQP channel is gone; the first time before jobs come. Never rejects. */
  async #declareDeadQueue(amqpChannel: Channel, model: ChannelModel, attempt: number): Promise<void> {
    const isWanted = (): boolean => this.#answers.amqpChannel === amqpChannel && !this.#isStopping;
    if (this.#deadQueue === undefined || !isWanted()) return;
    if (await this.#deadQueue.declare((work) => onScratch(model, work), isWanted)) return;
    const again = (): void => void this.#declareDeadQueue(amqpChannel, model, attempt + 1);
    setTimeout(again, backoff(attempt, DEAD_QUEUE_RETRY_MS.first, DEAD_QUEUE_RETRY_MS.most)).unref();
  }

  #lost(): void {
    this.#answers.amqpChannel = undefined;
    this.#answers.unanswered = 0;
    this.#takeBack();
    // Nobody waits for these acks any longer: the broker has all of it back.
    if (this.#isStopping) void this.#release();
  }

  /** The broker took the consumer away. Declare the queue and consume again. */
  #cancelled(amqpChannel: Channel): void {
    if (this.#answers.amqpChannel === amqpChannel) this.#standing?.renew(cancelled());
  }

  #deliver(amqpChannel: Channel, message: ConsumeMessage): void {
    this.#answers.unanswered++;
    const handedOut = new HandedOut(this.#answers, amqpChannel, message);
    if (this.#isStopping) {
      handedOut.giveBack();
      return;
    }
    try {
      const job = this.#options.decode(message.content, handedOut.toDelivery());
      handedOut.decoded();
      // Invariant 1. A broker that ignores the prefetch gets its surplus back.
      if (!this.jobs.trySend(job)) handedOut.giveBack();
      else if (this.jobs.len > 0) this.#remember(handedOut);
    } catch (error) {
      void handedOut.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  #remember(delivery: HandedOut): void {
    this.#unreceived.push(delivery);
    while (this.#unreceived.length > this.jobs.len) this.#unreceived.shift();
  }

  /** Empties the chan. What was in it is the broker's again if the AMQP channel is lost, and is given back if not. */
  #takeBack(): void {
    const unreceived = this.#unreceived.splice(0).slice(-this.jobs.len || Number.POSITIVE_INFINITY);
    while (this.jobs.len > 0) this.jobs.tryRecv();
    for (const delivery of unreceived) delivery.giveBack();
  }

  stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const { amqpChannel } = this.#answers;
    if (amqpChannel) await settledWithin(amqpChannel.cancel(this.#consumerTag), CANCEL_MS);
    this.#takeBack();
    this.jobs.close();
    this.#hasStopped = true;
    if (this.#answers.unanswered === 0) await this.#release();
  }

  async #release(): Promise<void> {
    if (this.#isReleased) return; // Our own close is a loss, too.
    this.#isReleased = true;
    this.#session.onClose.delete(this.#onClose);
    if (this.#standing) await this.#session.link.release(this.#standing);
  }
}
