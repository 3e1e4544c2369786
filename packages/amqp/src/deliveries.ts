/**
 * Deliveries: what the broker has delivered to one consumer, and how each delivery is settled.
 *
 * Invariants:
 * 1. A delivery is settled once: by an ack, by a nack, or by a dead letter and then an ack.
 * 2. Only deliveries of the current AMQP channel are settled. A tag of an older one would ack another job, or close the
 *    AMQP channel with 406.
 * 3. A dead-lettered message is acked only after its copy in the dead-letter queue is confirmed.
 */
import { type Channel, type ConsumeMessage, IllegalOperationError } from "amqplib";
import { retry } from "./timing.ts";

/** What `decode` learns about a delivery besides its body. */
export interface Delivery {
  /** True when the broker has delivered it before, and it was not acked. */
  readonly redelivered: boolean;
  /**
   * Says to the broker that the job is over. Never blocks. Answers true when the ack was sent. Answers false when it was
   * dropped, because the AMQP channel that brought the job is gone (the broker has the job back, and it will run again),
   * or because the job was settled otherwise before. A second call does nothing and returns what the first one did. Throws
   * inside `decode`.
   *
   * @example
   * const { chan: jobs } = await rabbit.consume("jobs", { prefetch: 1, decode: (_body, { ack }) => ({ ack }) });
   * await rabbit.publish("jobs", Buffer.from("one"));
   * const [job] = await jobs.recv();
   * job?.ack(); // => true
   */
  readonly ack: () => boolean;
  /**
   * Puts the message into the dead-letter queue, as an error of `decode` would. It is for a program that learns after
   * `decode` that nothing can be done with the job, and it settles the job instead of `ack`. Resolves when the copy is
   * confirmed and the original acked, however often that must be tried; or when the AMQP channel that brought the job is
   * gone: then the broker has it back. Never rejects. After `ack` it does nothing. Throws inside `decode`: throw there
   * what is wrong with the message.
   *
   * @example
   * const { chan: jobs } = await rabbit.consume("jobs", { prefetch: 1, decode: (_body, { deadLetter }) => ({ deadLetter }) });
   * await rabbit.publish("jobs", Buffer.from("paint nobody"));
   * const [job] = await jobs.recv();
   * await job?.deadLetter("nobody lives there");
   * (await rabbit.depth("jobs_dead")).messages; // => 1
   */
  readonly deadLetter: (reason: string) => Promise<void>;
}

/** A dead letter that could not be published is tried again after this long. */
const DEAD_LETTER_PAUSES = { first: 1_000, longest: 1_000 };

/** One delivery that is not settled yet, or was. */
export class UnackedDelivery {
  // Fields are declared and set in the constructor: much cheaper than field initializers on Node 20.
  declare private readonly tracker: AckTracker;
  declare private readonly amqpChannel: Channel;
  declare private readonly message: ConsumeMessage;
  declare private isDecoded: boolean;
  declare private isSettled: boolean;
  declare private wasAcked: boolean;
  declare private deadLettered: Promise<void> | undefined;

  constructor(tracker: AckTracker, amqpChannel: Channel, message: ConsumeMessage) {
    this.tracker = tracker;
    this.amqpChannel = amqpChannel;
    this.message = message;
    this.isDecoded = false;
    this.isSettled = false;
    this.wasAcked = false;
    this.deadLettered = undefined;
  }

  /** What `decode` gets. */
  toDelivery(): Delivery {
    return {
      redelivered: this.message.fields.redelivered,
      ack: this.toAck(),
      deadLetter: this.toDeadLetter(),
    };
  }

  /** Not written where it is named: tsx would give every job's function its name, and that costs more than the rest of a delivery. */
  private toAck(): () => boolean {
    return () => this.ack();
  }

  private toDeadLetter(): (reason: string) => Promise<void> {
    return (reason) => this.deadLetter(reason);
  }

  /** `decode` has made a job of it: from now on the program may settle it. */
  decoded(): void {
    this.isDecoded = true;
  }

  /** Dead-letters the message. `decode` could not make a job of it, or the program cannot do the job. Never rejects. */
  refuse(reason: string): Promise<void> {
    this.isSettled = true;
    this.deadLettered ??= this.tracker.deadLetter(this.amqpChannel, this.message, reason);
    return this.deadLettered;
  }

  /** Gives the message back: the broker may deliver it again, to any consumer. */
  giveBack(): void {
    if (this.isSettled) return;
    this.isSettled = true;
    this.tracker.send(this.amqpChannel, this.message, "nack");
  }

  private ack(): boolean {
    if (!this.isDecoded) throw new Error("ack inside decode: a job is acked when its work is done");
    if (this.isSettled) return this.wasAcked;
    this.isSettled = true;
    this.wasAcked = this.tracker.send(this.amqpChannel, this.message, "ack");
    return this.wasAcked;
  }

  private deadLetter(reason: string): Promise<void> {
    if (!this.isDecoded) throw new Error("deadLetter inside decode: throw what is wrong with the message");
    if (this.isSettled) return this.deadLettered ?? Promise.resolve();
    return this.refuse(reason);
  }
}

export interface AckTrackerHooks {
  /** Publishes a dead letter. Resolves when it is confirmed, and may reject. */
  deadLetter(message: ConsumeMessage, reason: string): Promise<void>;
  /** The dead letter is confirmed, and the original acked. */
  deadLettered(reason: string): void;
  /** A dead letter could not be published. Another attempt follows. */
  failed(error: Error): void;
  /** Every delivery of the current AMQP channel is settled. */
  allSettled(): void;
}

/** Settles the deliveries of one consumer. */
export class AckTracker {
  /** The AMQP channel that deliveries come over now. */
  amqpChannel: Channel | undefined;
  /** How many deliveries of the current AMQP channel are not settled yet. */
  unacked = 0;
  readonly #hooks: AckTrackerHooks;

  constructor(hooks: AckTrackerHooks) {
    this.#hooks = hooks;
  }

  /** Invariant 2. True when it was sent. On an AMQP channel that closes in this very moment the broker requeues by itself. */
  send(amqpChannel: Channel, message: ConsumeMessage, how: "ack" | "nack"): boolean {
    if (this.amqpChannel !== amqpChannel) return false;
    let isSent = true;
    try {
      amqpChannel[how](message);
    } catch (error) {
      if (!(error instanceof IllegalOperationError)) throw error;
      isSent = false;
    }
    if (--this.unacked === 0) this.#hooks.allSettled();
    return isSent;
  }

  /** Invariant 3. Ends when it is done, or when the broker has the message back. Never rejects. */
  deadLetter(amqpChannel: Channel, message: ConsumeMessage, reason: string): Promise<void> {
    const attempt = async (): Promise<void> => {
      if (this.amqpChannel !== amqpChannel) return;
      await this.#hooks.deadLetter(message, reason);
      this.send(amqpChannel, message, "ack");
      this.#hooks.deadLettered(reason);
    };
    const again = (error: Error): boolean => {
      // Not acked, so not lost. It keeps its place in the prefetch until it is safe.
      this.#hooks.failed(error);
      return true;
    };
    return retry(attempt, { pauses: DEAD_LETTER_PAUSES, again, isBackground: true });
  }
}
