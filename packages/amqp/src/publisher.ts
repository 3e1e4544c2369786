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
import { type Message, OutgoingMessage, PendingMessages, targetOf } from "./outgoing.ts";
import type { ConnectionSupervisor } from "./supervisor.ts";
import { BroadcastExchanges } from "./topology.ts";

export interface PublisherOptions {
  /** How long a message may wait for its confirm, reconnects included, in milliseconds. */
  readonly timeoutMs: number;
  /** How many messages may wait at once. One more is refused. */
  readonly maxPending: number;
  /** How many bytes their bodies may have together. One message alone may have more. */
  readonly maxPendingBytes: number;
}

/** After a nack the broker may need a moment before it takes the message. */
const NACK_PAUSE_MS = 200;

/** AMQP's NO_ROUTE, the code of a returned message. */
const NO_ROUTE = 312;

export class Publisher {
  readonly exchanges: BroadcastExchanges;
  #supervisor: ConnectionSupervisor;
  #options: PublisherOptions;
  #amqpChannel: ConfirmChannel | undefined;
  #isFull = false;
  #pending = new PendingMessages();
  #unsent: OutgoingMessage[] = [];
  #timer: NodeJS.Timeout | undefined;
  #onEmpty = new Set<() => void>();
  #count = 0;
  /** Makes message ids differ between processes. */
  #prefix = crypto.randomUUID().slice(0, 8);
  #blocked: string | undefined;
  #isClosed = false;

  constructor(supervisor: ConnectionSupervisor, options: PublisherOptions) {
    this.#supervisor = supervisor;
    this.exchanges = new BroadcastExchanges(supervisor);
    this.#options = options;
  }

  async open(): Promise<void> {
    await this.#supervisor.keepAmqpChannel("publishing", {
      create: (model) => model.createConfirmChannel(),
      setUp: async (amqpChannel, model) => {
        await this.exchanges.restore(model);
        this.#begin(amqpChannel as ConfirmChannel);
      },
      lost: (refusal) => this.#lost(refusal),
    });
  }

  /**
   * Resolves when the broker has confirmed. Throws AmqpError: at once for what cannot be sent, `unroutable` when no queue
   * took a mandatory message, and `timeout` when time is up; then the message may still have arrived.
   */
  send(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal(message);
      if (refusal !== undefined) return reject(refusal);
      const id = this.#prefix + this.#count++;
      const until = performance.now() + this.#options.timeoutMs;
      const outgoing = new OutgoingMessage(id, message, until, resolve, reject);
      this.#pending.add(outgoing);
      if (this.#timer === undefined) this.#watchTime();
      if (this.#amqpChannel && !this.#isFull) this.#post(this.#amqpChannel, outgoing);
      else this.#unsent.push(outgoing);
    });
  }

  /** Why this message cannot even begin to wait. */
  #refusal(message: Message): AmqpError | undefined {
    const { maxPending, maxPendingBytes } = this.#options;
    const { size, bytes } = this.#pending;
    if (
      !this.#isClosed &&
      size < maxPending &&
      (size === 0 || bytes + message.body.length <= maxPendingBytes)
    )
      return undefined;
    const about = `${this.#supervisor.address.text}: ${targetOf(message)}`;
    if (this.#isClosed) return new AmqpError("closed", `${about} failed: the connection is closed.`);
    return new AmqpError(
      "full",
      `${about}: ${size} messages with ${bytes} bytes wait for a confirm already, and at most ${maxPending} messages with ${maxPendingBytes} bytes may. Await some of them.`,
    );
  }

  /** Why confirms may be late: part of the error when time is up. */
  setBlocked(reason: string | undefined): void {
    this.#blocked = reason;
  }

  /** Takes no more messages, and gives those on their way `ms` milliseconds to be confirmed. Never rejects. */
  async close(ms: number): Promise<void> {
    this.#isClosed = true;
    if (this.#pending.size > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#onEmpty.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    clearTimeout(this.#timer);
    for (const message of this.#pending.list()) this.#giveUp(message, "closed", "the connection is closed");
  }

  #begin(amqpChannel: ConfirmChannel): void {
    amqpChannel.on("return", ({ properties }) => {
      const message = this.#pending.find(String(properties.messageId));
      if (message) message.isReturned = true; // The confirm that follows settles it.
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
    for (const message of this.#unsent) {
      if (this.#isFull) break;
      if (message.isPending) this.#post(amqpChannel, message);
      sent++;
    }
    this.#unsent.splice(0, sent);
  }

  #post(amqpChannel: ConfirmChannel, message: OutgoingMessage): void {
    const { exchange, key, body, isMandatory, headers } = message;
    const options = { messageId: message.id, persistent: isMandatory, mandatory: isMandatory, headers };
    message.isReturned = false;
    try {
      const hasRoom = amqpChannel.publish(exchange, key, body, options, (error: Error | null) => {
        if (error === null) this.#confirmed(message);
        else if (this.#amqpChannel === amqpChannel) this.#nacked(amqpChannel, message);
        // Otherwise the AMQP channel is gone: the message goes out again over the next one.
      });
      if (!hasRoom) this.#isFull = true;
    } catch (error) {
      // The AMQP channel closes in this very moment: the message goes out over the next one.
      if (error instanceof IllegalOperationError) return;
      // What does not fit into AMQP's frames was not sent, and never will be. The others go on.
      this.#remove(message);
      message.reject(refused(this.#supervisor.address, message.target, error));
    }
  }

  #confirmed(message: OutgoingMessage): void {
    if (!this.#remove(message)) return;
    const { text } = this.#supervisor.address;
    if (!message.isReturned) message.resolve();
    else
      message.reject(
        new AmqpError(
          "unroutable",
          `${text}: ${message.target} does not exist: the message reached no queue.`,
          NO_ROUTE,
        ),
      );
  }

  #nacked(amqpChannel: ConfirmChannel, message: OutgoingMessage): void {
    setTimeout(() => {
      if (this.#amqpChannel !== amqpChannel || !message.isPending) return;
      this.#unsent.push(message);
      if (!this.#isFull) this.#flush(amqpChannel);
    }, NACK_PAUSE_MS).unref();
  }

  #lost(refusal: Error | undefined): void {
    this.#amqpChannel = undefined;
    if (replyCode(refusal) === undefined) return;
    for (const message of this.#pending.suspects(brokerText(refusal))) {
      this.#remove(message);
      message.reject(refused(this.#supervisor.address, message.target, refusal));
    }
  }

  /** One timer for all: every message has the same time, so the first one pending is the first one due. */
  #watchTime(): void {
    const first = this.#pending.oldest;
    if (first === undefined) {
      this.#timer = undefined;
      return;
    }
    const check = (): void => {
      const now = performance.now();
      for (let due = this.#pending.oldest; due && due.until <= now; due = this.#pending.oldest)
        this.#giveUp(due, "timeout", `not confirmed within ${this.#options.timeoutMs} ms`);
      this.#watchTime();
    };
    this.#timer = setTimeout(check, Math.max(1, first.until - performance.now())).unref();
  }

  #giveUp(message: OutgoingMessage, kind: "timeout" | "closed", what: string): void {
    this.#remove(message);
    const why = this.#blocked ? `; the broker blocks publishers: ${this.#blocked}` : "";
    const { text } = this.#supervisor.address;
    message.reject(
      new AmqpError(kind, `${text}: ${message.target}: ${what}${why}. The message may still arrive.`),
    );
  }

  #remove(message: OutgoingMessage): boolean {
    const wasPending = this.#pending.remove(message);
    if (this.#pending.size === 0 && this.#onEmpty.size > 0) for (const done of this.#onEmpty) done();
    return wasPending;
  }
}
