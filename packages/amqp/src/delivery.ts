/**
 * Deliveries: what the broker has handed out to one consumer, and the answers to it.
 *
 * Invariants:
 * 1. A delivery has one answer: an ack, a nack, or put aside and then acked.
 * 2. Only deliveries of the current AMQP channel are answered. A tag of an older one would ack somebody else's job, or
 *    close the AMQP channel with 406.
 * 3. A message that is put aside is acked only after its copy in the dead-letter queue is confirmed.
 */
import { type Channel, type ConsumeMessage, IllegalOperationError } from "amqplib";
import { putAside } from "./dead-letter.ts";
import type { QueueOptions } from "./declare.ts";
import type { Session } from "./session.ts";
import { delay, tell } from "./wait.ts";

/** What `decode` learns about a delivery besides its body. */
export interface Delivery {
  /** The broker has handed it out before, and nobody acked it. */
  readonly redelivered: boolean;
  /**
   * Tells the broker that the job is over. Never blocks. True when the ack was sent. False when it was dropped, because
   * the AMQP channel that brought the job is gone (the broker has the job back, and it will run again), or because the
   * job had another answer before. A second call does nothing and answers as the first one did. Throws inside `decode`.
   */
  readonly ack: () => boolean;
  /**
   * For who learns after `decode` that nobody can use this message: puts it into the dead-letter queue, as what `decode`
   * throws would. This is the job's answer instead of `ack`. Resolves when the copy is confirmed and the original acked,
   * however often that must be tried; or when the AMQP channel that brought it is gone: then the broker has it back.
   * Never rejects. After `ack` it does nothing. Throws when called inside `decode`: throw there what is wrong.
   */
  readonly putAside: (reason: string) => Promise<void>;
}

/** A malformed message that could not be put aside is tried again after this long. */
const ASIDE_RETRY_MS = 1_000;

/** One delivery that is out. */
export class HandedOut {
  // Fields are declared and set in the constructor: much cheaper than field initializers on Node 20.
  declare private readonly answers: Answers;
  declare private readonly amqpChannel: Channel;
  declare private readonly message: ConsumeMessage;
  declare private isReceivable: boolean;
  declare private isAnswered: boolean;
  declare private wasSent: boolean;
  declare private aside: Promise<void> | undefined;

  constructor(answers: Answers, amqpChannel: Channel, message: ConsumeMessage) {
    this.answers = answers;
    this.amqpChannel = amqpChannel;
    this.message = message;
    this.isReceivable = false;
    this.isAnswered = false;
    this.wasSent = false;
    this.aside = undefined;
  }

  /** What `decode` gets. */
  toDelivery(): Delivery {
    return {
      redelivered: this.message.fields.redelivered,
      ack: this.toAck(),
      putAside: this.toPutAside(),
    };
  }

  /** Not written where it is named: tsx would give every job's function its name, and that costs more than the rest of a delivery. */
  private toAck(): () => boolean {
    return () => this.ack();
  }

  private toPutAside(): (reason: string) => Promise<void> {
    return (reason) => this.putAside(reason);
  }

  /** `decode` has made a job of it. */
  decoded(): void {
    this.isReceivable = true;
  }

  /** `decode` could not make a job of it. */
  refuse(reason: string): Promise<void> {
    this.isAnswered = true;
    this.aside ??= this.answers.putAside(this.amqpChannel, this.message, reason);
    return this.aside;
  }

  /** The broker may hand it out again, to anybody. */
  giveBack(): void {
    if (this.isAnswered) return;
    this.isAnswered = true;
    this.answers.send(this.amqpChannel, this.message, "nack");
  }

  private ack(): boolean {
    if (!this.isReceivable) throw new Error("ack inside decode: a job is acked by who works on it");
    if (this.isAnswered) return this.wasSent;
    this.isAnswered = true;
    this.wasSent = this.answers.send(this.amqpChannel, this.message, "ack");
    return this.wasSent;
  }

  private putAside(reason: string): Promise<void> {
    if (!this.isReceivable) throw new Error("putAside inside decode: throw what is wrong with the message");
    if (this.isAnswered) return this.aside ?? Promise.resolve();
    return this.refuse(reason);
  }
}

/** The answers of one consumer. */
export class Answers {
  /** What deliveries come over now. */
  amqpChannel: Channel | undefined;
  /** Deliveries of the current AMQP channel that have no answer yet. */
  unanswered = 0;
  readonly #session: Session;
  readonly #queue: string;
  readonly #options: QueueOptions;
  readonly #whenAllAnswered: () => void;

  constructor(session: Session, queue: string, options: QueueOptions, whenAllAnswered: () => void) {
    this.#session = session;
    this.#queue = queue;
    this.#options = options;
    this.#whenAllAnswered = whenAllAnswered;
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
    if (--this.unanswered === 0) this.#whenAllAnswered();
    return isSent;
  }

  /** Invariant 3. Ends when it is done, or when the broker has the message back. Never rejects. */
  async putAside(amqpChannel: Channel, message: ConsumeMessage, reason: string): Promise<void> {
    while (this.amqpChannel === amqpChannel) {
      try {
        await putAside(this.#session, this.#queue, message, reason, this.#options);
        this.#session.onOver(this);
        this.send(amqpChannel, message, "ack");
        return tell(this.#session.onDeadLetter, { queue: this.#queue, reason });
      } catch (error) {
        // Not acked, so not lost. It keeps its place in the prefetch until it is safe.
        tell(this.#session.onTrouble, this, (error as Error).message);
        await delay(ASIDE_RETRY_MS);
      }
    }
  }
}
