/**
 * consume: a queue as a chan of jobs.
 *
 * Invariants, besides those of deliveries:
 * 1. What is in the chan is unacked, so the chan (capacity = prefetch) always has room for a delivery.
 * 2. When the AMQP channel is lost, what nobody has received leaves the chan: the broker delivers it again.
 */
import { type Chan, chan, type RecvChan } from "@shirts/chan";
import type { Channel, ChannelModel, ConsumeMessage, Options } from "amqplib";
import { onTemporaryChannel, type PersistentChannel } from "./amqp-channels.ts";
import type { DeadLetters } from "./dead-letter.ts";
import { AckTracker, type Delivery, UnackedDelivery } from "./deliveries.ts";
import { AmqpError, cancelled } from "./errors.ts";
import type { ConnectionSupervisor } from "./supervisor.ts";
import { retry, settledWithin } from "./timing.ts";
import { declareQueue, hasDeadLetterQueue, isQuorum, type QueueOptions } from "./topology.ts";

/** How `consume` behaves. */
export interface ConsumeOptions<T> {
  /** How many unacked jobs the broker delivers at once: 1 to 65535. */
  readonly prefetch: number;
  /** Makes a job of a message. What it throws sends the message to the dead-letter queue, with that text as the reason. Must not block. */
  readonly decode: (body: Uint8Array, delivery: Delivery) => T;
  /** What the queue is. It must be the same for every program that declares the queue. */
  readonly queue?: QueueOptions;
  /**
   * Quorum queues only: for how many milliseconds a job may be held unacked before the broker takes it back and hands it out
   * again. Default: what the queue or the broker says; 30 minutes in a new RabbitMQ. RabbitMQ before 4.3 does not look at it.
   */
  readonly consumerTimeoutMs?: number;
}

/** The jobs of a queue. */
export interface Consumption<T> {
  /** The jobs, in a chan that holds as many as `prefetch`. Closed by `stop` and by the `close` of the connection, never by a lost connection. */
  readonly chan: RecvChan<T>;
  /**
   * Ends the consumption: gives back what nobody has received, and closes the chan. Resolves then, after 2 seconds at
   * most. Never rejects. Jobs received before can still be acked; the last ack closes the AMQP channel.
   *
   * @example
   * const { chan: jobs, stop } = await rabbit.consume("jobs", { prefetch: 2, decode: (body) => `${body}` });
   * await stop();
   * await jobs.recv(); // => [undefined, false]
   */
  readonly stop: () => Promise<void>;
}

/** A classic queue refuses a consumer that names a timeout. */
function consumerOptions<T>(
  amqpChannel: Channel,
  { queue = {}, consumerTimeoutMs }: ConsumeOptions<T>,
): Options.Consume {
  if (consumerTimeoutMs === undefined || !isQuorum(amqpChannel, queue)) return {};
  return { arguments: { "x-consumer-timeout": consumerTimeoutMs } };
}

const CANCEL_MS = 2_000;
const DEAD_LETTER_QUEUE_PAUSES = { first: 200, longest: 10_000 };

export async function consume<T>(
  supervisor: ConnectionSupervisor,
  deadLetters: DeadLetters,
  queue: string,
  options: ConsumeOptions<T>,
): Promise<Consumption<T>> {
  const { prefetch, consumerTimeoutMs = 0 } = options;
  const bad = (what: string): AmqpError =>
    new AmqpError("invalid-argument", `${supervisor.address.text}: queue "${queue}": ${what}.`);
  if (!Number.isInteger(prefetch) || prefetch < 1 || prefetch > 65_535)
    throw bad(`prefetch is a whole number from 1 to 65535, not ${prefetch}`);
  if (!Number.isSafeInteger(consumerTimeoutMs) || consumerTimeoutMs < 0)
    throw bad(`consumerTimeoutMs is a whole number, not ${consumerTimeoutMs}`);
  const consumer = new Consumer(supervisor, deadLetters, queue, options);
  await consumer.start();
  return { chan: consumer.jobs, stop: () => consumer.stop() };
}

class Consumer<T> {
  readonly jobs: Chan<T>;
  #supervisor: ConnectionSupervisor;
  #deadLetters: DeadLetters;
  #queue: string;
  #options: ConsumeOptions<T>;
  #queueOptions: QueueOptions;
  #persistent: PersistentChannel | undefined;
  #acks: AckTracker;
  #consumerTag = "";
  /** The deliveries whose jobs wait in the chan: its newest `jobs.len` ones. Older ones may linger until the next delivery. */
  #unreceived: UnackedDelivery[] = [];
  #isStopping = false;
  #hasStopped = false;
  #isReleased = false;
  #stopped: Promise<void> | undefined;

  constructor(
    supervisor: ConnectionSupervisor,
    deadLetters: DeadLetters,
    queue: string,
    options: ConsumeOptions<T>,
  ) {
    this.#supervisor = supervisor;
    this.#deadLetters = deadLetters;
    this.#queue = queue;
    this.#options = options;
    this.#queueOptions = options.queue ?? {};
    this.jobs = chan<T>(options.prefetch);
    const acks: AckTracker = new AckTracker({
      deadLetter: async (message, reason) => {
        await deadLetters.publish(queue, message, reason, this.#queueOptions);
        supervisor.recovered(acks);
      },
      deadLettered: (reason) => deadLetters.report(queue, reason),
      failed: (error) => supervisor.failed(acks, error as AmqpError),
      allSettled: () => {
        if (this.#hasStopped) void this.#release();
      },
    });
    this.#acks = acks;
  }

  async start(): Promise<void> {
    this.#persistent = await this.#supervisor.keepAmqpChannel(`queue "${this.#queue}"`, {
      create: (model) => model.createChannel(),
      setUp: (amqpChannel, model) => this.#setUp(amqpChannel, model),
      lost: () => this.#lost(),
      stop: () => this.stop(),
    });
  }

  async #setUp(amqpChannel: Channel, model: ChannelModel): Promise<void> {
    if (this.#isStopping) return;
    this.#acks.amqpChannel = amqpChannel;
    await amqpChannel.prefetch(this.#options.prefetch);
    await declareQueue(amqpChannel, this.#queue, this.#queueOptions);
    if (hasDeadLetterQueue(this.#queueOptions)) await this.#declareDeadLetterQueue(amqpChannel, model);
    const { consumerTag } = await amqpChannel.consume(
      this.#queue,
      (message) => {
        if (message === null) this.#cancelled(amqpChannel);
        else if (this.#acks.amqpChannel === amqpChannel) this.#deliver(amqpChannel, message);
      },
      consumerOptions(amqpChannel, this.#options),
    );
    this.#consumerTag = consumerTag;
    if (this.#isStopping) await amqpChannel.cancel(consumerTag); // Stopped while the broker was thinking.
  }

  /** Tries until the queue is there, or until this AMQP channel is gone. Resolves after the first attempt, before jobs come. */
  #declareDeadLetterQueue(amqpChannel: Channel, model: ChannelModel): Promise<void> {
    const isWanted = (): boolean => this.#acks.amqpChannel === amqpChannel && !this.#isStopping;
    return new Promise((resolve) => {
      const attempt = async (): Promise<void> => {
        if (!isWanted()) return resolve();
        const declared = this.#deadLetters.declareQueue(this.#queue, this.#queueOptions, this, (work) =>
          onTemporaryChannel(model, work),
        );
        await declared.finally(resolve);
      };
      const again = (error: Error): boolean => {
        if (isWanted()) this.#supervisor.failed(this, error as AmqpError);
        return true;
      };
      void retry(attempt, { pauses: DEAD_LETTER_QUEUE_PAUSES, again, isBackground: true });
    });
  }

  #lost(): void {
    this.#acks.amqpChannel = undefined;
    this.#acks.unacked = 0;
    this.#takeBack();
    // Nobody waits for these acks any longer: the broker has all of it back.
    if (this.#isStopping) void this.#release();
  }

  /** The broker took the consumer away. Declares the queue and consumes again. */
  #cancelled(amqpChannel: Channel): void {
    if (this.#acks.amqpChannel !== amqpChannel) return;
    this.#persistent?.renew(cancelled(this.#acks.unacked));
  }

  #deliver(amqpChannel: Channel, message: ConsumeMessage): void {
    this.#acks.unacked++;
    const delivery = new UnackedDelivery(this.#acks, amqpChannel, message);
    if (this.#isStopping) {
      delivery.giveBack();
      return;
    }
    try {
      const job = this.#options.decode(message.content, delivery.toDelivery());
      delivery.decoded();
      // Invariant 1. A broker that ignores the prefetch gets its surplus back.
      if (!this.jobs.trySend(job)) delivery.giveBack();
      else if (this.jobs.len > 0) this.#remember(delivery);
    } catch (error) {
      void delivery.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  #remember(delivery: UnackedDelivery): void {
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
    const { amqpChannel } = this.#acks;
    if (amqpChannel) await settledWithin(amqpChannel.cancel(this.#consumerTag), CANCEL_MS);
    this.#takeBack();
    this.jobs.close();
    this.#hasStopped = true;
    if (this.#acks.unacked === 0) await this.#release();
  }

  async #release(): Promise<void> {
    if (this.#isReleased) return; // Our own close is a loss, too.
    this.#isReleased = true;
    if (this.#persistent) await this.#supervisor.release(this.#persistent);
  }
}
