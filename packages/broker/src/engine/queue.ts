/**
 * A queue: entries that wait, consumers that take them in turn, and the rules that end an entry early.
 *
 * 1. An entry is in exactly one place: waiting here, or unacked with whoever took it, or settled. `settle`, `requeue` and
 *    `deadLetter` end the unacked state.
 * 2. While a consumer has room nothing waits: every change ends with `run`.
 * 3. Only the head expires, as in RabbitMQ: an entry behind one that lives longer waits for it.
 * 4. Dead letters leave through the host's list, never by a call back into a queue that is in the middle of a change.
 */
import { type Consumer, Consumers } from "./consumers.ts";
import { type Message, withHeaders } from "./message.ts";
import type { QueueSettings } from "./queue-settings.ts";
import { type Entry, ReadyList } from "./ready-list.ts";

export type DeathReason = "rejected" | "expired" | "maxlen" | "delivery_limit";

/** What a queue needs from its host. */
export interface QueueHost {
  nowMs(): number;
  hold(message: Message): void;
  free(message: Message): void;
  deadLetter(queue: Queue, message: Message, reason: DeathReason): void;
  /** Deletes the queue: it was unused for too long, or its last consumer left and it was auto-delete. */
  expire(queue: Queue): void;
}

/** Timers of Node hold 31 bits; a longer wait is cut into several. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export class Queue {
  readonly kind = "queue";
  readonly name: string;
  readonly settings: QueueSettings;
  readonly consumers: Consumers;
  exclusiveConsumer: Consumer | undefined;
  isGone = false;
  readonly #host: QueueHost;
  readonly #ready = new ReadyList();
  #nextPosition = 0;
  #expiry: NodeJS.Timeout | undefined;
  #expiryAtMs = Number.POSITIVE_INFINITY;
  #idle: NodeJS.Timeout | undefined;

  constructor(name: string, settings: QueueSettings, host: QueueHost) {
    this.name = name;
    this.settings = settings;
    this.consumers = new Consumers(settings.isSingleActive);
    this.#host = host;
    this.touch();
  }

  /** How many entries wait. */
  get length(): number {
    return this.#ready.length;
  }

  /** Takes a message in. False: the queue is full and refuses (x-overflow reject-publish). */
  publish(message: Message): boolean {
    this.#dropExpired();
    const entry = this.#entryOf(message);
    this.#host.hold(message);
    this.#ready.insert(entry);
    this.#deliver();
    const isTaken = this.#keepLength();
    this.#dropExpired();
    return isTaken;
  }

  #entryOf(message: Message): Entry {
    const { ttlMs, priorityMax } = this.settings;
    const own = message.properties.expiration;
    const lifeMs = Math.min(ttlMs, own === undefined ? Number.POSITIVE_INFINITY : Number(own));
    return {
      message,
      position: this.#nextPosition++,
      priority: Math.min(message.properties.priority ?? 0, priorityMax),
      expiresAtMs: this.#host.nowMs() + lifeMs,
      redelivered: false,
      returns: 0,
    };
  }

  /** Hands out what waits, one job per consumer and turn, until nothing waits or nobody has room. */
  run(): void {
    this.#dropExpired();
    this.#deliver();
    this.#dropExpired();
  }

  #deliver(): void {
    while (this.#ready.length > 0) {
      const consumer = this.consumers.next();
      if (!consumer) return;
      const entry = this.#ready.shift();
      if (entry) consumer.deliver(entry);
    }
  }

  /** A consumer has room again. */
  wake(): void {
    this.consumers.refresh();
    this.run();
  }

  /** The message as a consumer sees it: a quorum queue says how often it came back. */
  outgoing(entry: Entry): Message {
    if (!this.settings.isQuorum || entry.returns === 0) return entry.message;
    const headers = new Map(entry.message.properties.headers);
    return withHeaders(
      entry.message,
      headers.set("x-delivery-count", { type: "l", value: BigInt(entry.returns) }),
    );
  }

  /** basic.get: the first entry, whoever consumes. */
  get(): Entry | undefined {
    this.touch();
    this.#dropExpired();
    const entry = this.#ready.shift();
    this.#armExpiry();
    return entry;
  }

  /** An unacked entry is done with. */
  settle(entry: Entry): void {
    this.#host.free(entry.message);
  }

  /** Unacked entries go back to where they stood, marked as redelivered. */
  requeue(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (this.isGone) this.settle(entry);
      else this.#takeBack(entry);
    }
    if (this.isGone) return;
    this.run();
    this.#keepLength();
  }

  #takeBack(entry: Entry): void {
    entry.redelivered = true;
    if (this.settings.isQuorum) {
      entry.returns += 1;
      if (entry.returns > this.settings.deliveryLimit) {
        this.deadLetter(entry, "delivery_limit");
        return;
      }
    }
    this.#ready.insert(entry);
  }

  /** An entry that was taken out ends here; its message goes to the dead-letter exchange, if there is one. */
  deadLetter(entry: Entry, reason: DeathReason): void {
    if (!this.isGone && this.settings.deadLetterExchange !== undefined) {
      this.#host.deadLetter(this, entry.message, reason);
    }
    this.#host.free(entry.message);
  }

  purge(): number {
    const entries = this.#ready.clear();
    for (const entry of entries) this.settle(entry);
    this.#armExpiry();
    return entries.length;
  }

  addConsumer(consumer: Consumer): void {
    this.consumers.add(consumer);
    this.touch();
  }

  removeConsumer(consumer: Consumer): void {
    if (!this.consumers.remove(consumer)) return;
    if (this.exclusiveConsumer === consumer) this.exclusiveConsumer = undefined;
    this.touch();
    if (this.consumers.count === 0 && this.settings.autoDelete) this.#host.expire(this);
    else this.run();
  }

  /** Starts the time after which an unused queue is deleted (x-expires) anew. */
  touch(): void {
    clearTimeout(this.#idle);
    const { expiresMs } = this.settings;
    if (expiresMs === Number.POSITIVE_INFINITY || this.isGone) return;
    this.#idle = setTimeout(
      () => {
        if (this.consumers.count === 0) this.#host.expire(this);
      },
      Math.min(expiresMs, TIMER_MAX_MS),
    );
  }

  /** The queue is deleted. Returns how many entries waited. */
  close(): number {
    this.isGone = true;
    clearTimeout(this.#idle);
    const count = this.purge();
    clearTimeout(this.#expiry);
    for (const consumer of [...this.consumers]) {
      this.consumers.remove(consumer);
      consumer.cancelled();
    }
    return count;
  }

  /** Keeps x-max-length. False: the newest entry was refused. */
  #keepLength(): boolean {
    const { lengthMax, bytesMax, overflow } = this.settings;
    let isTaken = true;
    while (this.#ready.length > lengthMax || this.#ready.bytes > bytesMax) {
      const entry = overflow === "drop-head" ? this.#ready.shift() : this.#ready.pop();
      if (!entry) break;
      if (overflow !== "drop-head") isTaken = false;
      if (overflow === "reject-publish") this.settle(entry);
      else this.deadLetter(entry, "maxlen");
    }
    return isTaken;
  }

  #dropExpired(): void {
    const first = this.#ready.first();
    if (first && first.expiresAtMs !== Number.POSITIVE_INFINITY) {
      const now = this.#host.nowMs();
      for (let head = this.#ready.first(); head && head.expiresAtMs <= now; head = this.#ready.first()) {
        this.#ready.shift();
        this.deadLetter(head, "expired");
      }
    }
    this.#armExpiry();
  }

  #armExpiry(): void {
    const atMs = this.#ready.first()?.expiresAtMs ?? Number.POSITIVE_INFINITY;
    if (atMs === this.#expiryAtMs) return;
    clearTimeout(this.#expiry);
    this.#expiryAtMs = atMs;
    if (atMs === Number.POSITIVE_INFINITY) return;
    const waitMs = Math.min(Math.max(0, Math.ceil(atMs - this.#host.nowMs())), TIMER_MAX_MS);
    this.#expiry = setTimeout(() => {
      this.#expiryAtMs = Number.POSITIVE_INFINITY;
      this.#dropExpired();
    }, waitMs);
  }
}
