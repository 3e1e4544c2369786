/** Outgoing messages: each one on its way to the broker until it is confirmed or given up. */
import type { AmqpError } from "./errors.ts";

/** What is to be published. */
export interface Message {
  readonly exchange: string;
  readonly key: string;
  readonly body: Uint8Array;
  /** True: at least one queue must take the message, and it survives a restart of the broker. */
  readonly isMandatory: boolean;
  readonly headers?: Record<string, unknown>;
}

/** How errors name the place that a message goes to. */
export function targetOf({ exchange, key }: Pick<Message, "exchange" | "key">): string {
  return exchange === "" ? `queue "${key}"` : `exchange "${exchange}"`;
}

/** One message on its way, and what its publisher waits for. */
export class OutgoingMessage {
  // Fields are declared and set in the constructor: much cheaper than field initializers on Node 20.
  declare readonly id: string;
  declare readonly exchange: string;
  declare readonly key: string;
  declare readonly body: Buffer;
  declare readonly isMandatory: boolean;
  declare readonly headers: Record<string, unknown> | undefined;
  declare readonly until: number;
  declare readonly resolve: () => void;
  declare readonly reject: (error: AmqpError) => void;
  declare isReturned: boolean;
  /** The message's place among the pending ones. Only `PendingMessages` writes these three. */
  declare isPending: boolean;
  declare older: OutgoingMessage | undefined;
  declare newer: OutgoingMessage | undefined;

  constructor(
    id: string,
    { exchange, key, body, isMandatory, headers }: Message,
    until: number,
    resolve: () => void,
    reject: (error: AmqpError) => void,
  ) {
    this.id = id;
    this.exchange = exchange;
    this.key = key;
    this.body = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    this.isMandatory = isMandatory;
    this.headers = headers;
    this.until = until;
    this.resolve = resolve;
    this.reject = reject;
    this.isReturned = false;
    this.isPending = false;
    this.older = undefined;
    this.newer = undefined;
  }

  get target(): string {
    return targetOf(this);
  }
}

/**
 * The messages that are neither confirmed nor given up, the oldest first.
 *
 * A list whose links are in the messages: a Map keyed by message id costs as much as all the rest of our bookkeeping.
 */
export class PendingMessages {
  /** How many there are. */
  size = 0;
  /** How many bytes their bodies have together. */
  bytes = 0;
  #oldest: OutgoingMessage | undefined;
  #newest: OutgoingMessage | undefined;

  get oldest(): OutgoingMessage | undefined {
    return this.#oldest;
  }

  add(message: OutgoingMessage): void {
    message.isPending = true;
    message.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = message;
    else this.#newest.newer = message;
    this.#newest = message;
    this.size++;
    this.bytes += message.body.length;
  }

  /** False when it was removed before. */
  remove(message: OutgoingMessage): boolean {
    if (!message.isPending) return false;
    const { older, newer } = message;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    message.isPending = false;
    message.older = undefined;
    message.newer = undefined;
    this.size--;
    this.bytes -= message.body.length;
    return true;
  }

  /** Looks from the oldest on: what the broker returns is among the messages that it confirms next. */
  find(id: string): OutgoingMessage | undefined {
    let message = this.#oldest;
    while (message !== undefined && message.id !== id) message = message.newer;
    return message;
  }

  /** All of them, as they are now. */
  list(): OutgoingMessage[] {
    const list = [];
    for (let message = this.#oldest; message !== undefined; message = message.newer) list.push(message);
    return list;
  }

  /**
   * The messages that may be the reason why the broker closed the AMQP channel. It names the exchange or the size, not
   * the message. If no message fits its text, all of them are suspects, since one of them would only do it again.
   */
  suspects(refusalText: string): OutgoingMessage[] {
    const all = this.list();
    const fitting = all.filter(
      ({ exchange, body }) =>
        (exchange !== "" && refusalText.includes(`'${exchange}'`)) ||
        refusalText.includes(`size ${body.length} `),
    );
    return fitting.length > 0 ? fitting : all;
  }
}
