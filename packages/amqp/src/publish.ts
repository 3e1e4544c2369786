/**
 * Publisher: a message is the publisher's until the broker has confirmed it.
 *
 * Invariants:
 * 1. `pending` holds every message that is neither confirmed nor given up, in the order of the calls.
 * 2. `unsent` holds those of them that wait: for a connection, or for amqplib's buffer to drain.
 * 3. After a lost connection everything pending is sent again, in order. So a message whose confirm was lost arrives
 *    twice: at least once, never silently not at all.
 */
import { type ConfirmChannel, IllegalOperationError } from "amqplib";
import { AmqpError, brokerText, refused, replyCode } from "./errors.ts";
import { Exchanges } from "./exchanges.ts";
import { Letter, type Outgoing, targetOf, UnroutableError } from "./letter.ts";
import type { Link } from "./link.ts";
import { Pending } from "./pending.ts";

export interface PublisherOptions {
  /** How long a message may wait for its confirm, reconnects included, in milliseconds. */
  readonly timeoutMs: number;
  /** How many messages may wait at once; one more is refused. */
  readonly maxPending: number;
  /** How many bytes their bodies may have together. One message alone may have more. */
  readonly maxPendingBytes: number;
}

/** After a nack the broker may need a moment before it takes the message. */
const NACK_PAUSE_MS = 200;

export class Publisher {
  readonly exchanges: Exchanges;
  #link: Link;
  #options: PublisherOptions;
  #amqpChannel: ConfirmChannel | undefined;
  #isFull = false;
  #pending = new Pending();
  #unsent: Letter[] = [];
  #timer: NodeJS.Timeout | undefined;
  #onEmpty = new Set<() => void>();
  #count = 0;
  /** Makes message ids differ between processes. */
  #prefix = crypto.randomUUID().slice(0, 8);
  #blocked: string | undefined;
  #closed = false;

  constructor(link: Link, options: PublisherOptions) {
    this.#link = link;
    this.exchanges = new Exchanges(link);
    this.#options = options;
  }

  async open(): Promise<void> {
    await this.#link.stand("publishing", {
      create: (model) => model.createConfirmChannel(),
      dress: async (amqpChannel, model) => {
        await this.exchanges.restore(model);
        this.#begin(amqpChannel as ConfirmChannel);
      },
      lost: (refusal) => this.#lost(refusal),
    });
  }

  /** Resolves when the broker has confirmed. Throws UnroutableError, or AmqpError: at once for what cannot be sent, and when time is up; then it may still have arrived. */
  send(outgoing: Outgoing): Promise<void> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal(outgoing);
      if (refusal !== undefined) return reject(refusal);
      const id = this.#prefix + this.#count++;
      const letter = new Letter(id, outgoing, performance.now() + this.#options.timeoutMs, resolve, reject);
      this.#pending.add(letter);
      if (this.#timer === undefined) this.#watchTime();
      if (this.#amqpChannel && !this.#isFull) this.#post(this.#amqpChannel, letter);
      else this.#unsent.push(letter);
    });
  }

  /** Why this message cannot even begin to wait. */
  #refusal(outgoing: Outgoing): AmqpError | undefined {
    const { maxPending, maxPendingBytes } = this.#options;
    const { size, bytes } = this.#pending;
    if (!this.#closed && size < maxPending && (size === 0 || bytes + outgoing.body.length <= maxPendingBytes))
      return undefined;
    const about = `${this.#link.address.text}: ${targetOf(outgoing)}`;
    if (this.#closed) return new AmqpError(`${about} failed: the connection is closed.`);
    return new AmqpError(
      `${about}: ${size} messages with ${bytes} bytes wait for a confirm already, and at most ${maxPending} messages with ${maxPendingBytes} bytes may. Await some of them.`,
    );
  }

  /** Why confirms may be late; part of the message when time is up. */
  setBlocked(reason: string | undefined): void {
    this.#blocked = reason;
  }

  /** Takes no more messages, and gives those on their way `ms` to be confirmed. */
  async close(ms: number): Promise<void> {
    this.#closed = true;
    if (this.#pending.size > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#onEmpty.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    clearTimeout(this.#timer);
    for (const letter of this.#pending.list()) this.#giveUp(letter, "the connection is closed");
  }

  #begin(amqpChannel: ConfirmChannel): void {
    amqpChannel.on("return", ({ properties }) => {
      const letter = this.#pending.find(String(properties.messageId));
      if (letter) letter.isReturned = true; // The confirm that follows settles it.
    });
    amqpChannel.on("drain", () => {
      this.#isFull = false;
      this.#flush(amqpChannel);
    });
    this.#amqpChannel = amqpChannel;
    this.#isFull = false;
    this.#unsent = this.#pending.list();
    this.#flush(amqpChannel);
  }

  #flush(amqpChannel: ConfirmChannel): void {
    if (this.#amqpChannel !== amqpChannel) return;
    let sent = 0;
    for (const letter of this.#unsent) {
      if (this.#isFull) break;
      if (letter.isPending) this.#post(amqpChannel, letter);
      sent++;
    }
    this.#unsent.splice(0, sent);
  }

  #post(amqpChannel: ConfirmChannel, letter: Letter): void {
    const { exchange, key, body, isJob, headers } = letter;
    const options = { messageId: letter.id, persistent: isJob, mandatory: isJob, headers };
    letter.isReturned = false;
    try {
      const hasRoom = amqpChannel.publish(exchange, key, body, options, (error: Error | null) => {
        if (error === null) this.#confirmed(letter);
        else if (this.#amqpChannel === amqpChannel) this.#nacked(amqpChannel, letter);
        // Otherwise the AMQP channel is gone: the letter goes out again over the next one.
      });
      if (!hasRoom) this.#isFull = true;
    } catch (error) {
      // It closes in this very moment: the letter goes out over the next one.
      if (error instanceof IllegalOperationError) return;
      // What does not fit into AMQP's frames was not sent, and never will be. The others go on.
      this.#remove(letter);
      letter.reject(refused(this.#link.address, letter.target, error));
    }
  }

  #confirmed(letter: Letter): void {
    if (!this.#remove(letter)) return;
    const { text } = this.#link.address;
    if (!letter.isReturned) letter.resolve();
    else
      letter.reject(
        new UnroutableError(
          `${text}: ${letter.target} does not exist. Start its worker, or declare it first.`,
          312,
        ),
      );
  }

  #nacked(amqpChannel: ConfirmChannel, letter: Letter): void {
    setTimeout(() => {
      if (this.#amqpChannel !== amqpChannel || !letter.isPending) return;
      this.#unsent.push(letter);
      if (!this.#isFull) this.#flush(amqpChannel);
    }, NACK_PAUSE_MS).unref();
  }

  #lost(refusal: Error | undefined): void {
    this.#amqpChannel = undefined;
    if (replyCode(refusal) === undefined) return;
    // The broker closed the AMQP channel because of one message, and names its exchange or its size, not the message.
    // Who fits the text is told; if nobody does, everybody is, since one of them would only do it again.
    const text = brokerText(refusal);
    const all = this.#pending.list();
    const guilty = all.filter(
      ({ exchange, body }) =>
        (exchange !== "" && text.includes(`'${exchange}'`)) || text.includes(`size ${body.length} `),
    );
    for (const letter of guilty.length > 0 ? guilty : all) {
      this.exchanges.forget(letter.exchange);
      this.#remove(letter);
      letter.reject(refused(this.#link.address, letter.target, refusal));
    }
  }

  /** One timer for all: every letter has the same time, so the first one pending is the first one due. */
  #watchTime(): void {
    const first = this.#pending.oldest;
    if (first === undefined) {
      this.#timer = undefined;
      return;
    }
    const check = (): void => {
      const now = performance.now();
      for (let due = this.#pending.oldest; due && due.until <= now; due = this.#pending.oldest)
        this.#giveUp(due, `not confirmed within ${this.#options.timeoutMs} ms`);
      this.#watchTime();
    };
    this.#timer = setTimeout(check, Math.max(1, first.until - performance.now())).unref();
  }

  #giveUp(letter: Letter, what: string): void {
    this.#remove(letter);
    const why = this.#blocked ? `; the broker blocks publishers: ${this.#blocked}` : "";
    const { text } = this.#link.address;
    letter.reject(new AmqpError(`${text}: ${letter.target}: ${what}${why}. The message may still arrive.`));
  }

  #remove(letter: Letter): boolean {
    const was = this.#pending.remove(letter);
    if (this.#pending.size === 0 && this.#onEmpty.size > 0) for (const done of this.#onEmpty) done();
    return was;
  }
}
