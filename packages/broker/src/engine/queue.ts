/**
 * A queue: its ready entries, its consumers, and the rules that end an entry early (expiry, length, delivery limit).
 *
 * 1. An entry is ready in the queue, or unacked on an AMQP channel, or settled. `settle`, `requeue` and `deadLetter` end
 *    the unacked state.
 * 2. No entry is ready while a consumer has room: every change ends with a delivery.
 * 3. Only the head expires, as in RabbitMQ: an entry behind one with a longer time to live waits for it.
 * 4. Dead letters go to the host's list. A queue in the middle of a change is never called back.
 */
import { type Consumer, Consumers } from "./consumers.ts";
import { type Message, sorted, withProperties } from "./message.ts";
import { priorityOf, type QueueSettings } from "./queue-settings.ts";
import { type Entry, ReadyList } from "./ready-list.ts";

/** Why an unacked entry goes back: a client returned it, or its AMQP channel ended. */
export type ReturnReason = "returned" | "failed";

export type DeathReason = "rejected" | "expired" | "maxlen" | "delivery_limit";

/** The part of the virtual host that a queue needs. */
export interface QueueHost {
  nowMs(): number;
  /** Counts the message's bytes as held. */
  hold(message: Message): void;
  free(message: Message): void;
  /** Publishes the message to the queue's dead-letter exchange, after the change at hand. */
  deadLetter(queue: Queue, message: Message, reason: DeathReason): void;
  deleteQueue(queue: Queue): void;
}

/** The longest timer of Node, 24 days. A message's expiry waits again after it; a longer x-expires is cut to it. */
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

  /** How many entries are ready. */
  get length(): number {
    return this.#ready.length;
  }

  /** Enqueues a message. Returns false when the queue is full and its x-overflow rejects it. */
  publish(message: Message): boolean {
    this.#dropExpired();
    const entry = this.#entryOf(message);
    this.#host.hold(message);
    this.#ready.insert(entry);
    this.#deliverReady();
    const isAccepted = this.#enforceLength();
    this.#dropExpired();
    return isAccepted;
  }

  #entryOf(message: Message): Entry {
    const { ttlMs } = this.settings;
    const own = message.properties.expiration;
    const lifeMs = Math.min(ttlMs, own === undefined ? Number.POSITIVE_INFINITY : Number(own));
    return {
      message,
      position: this.#nextPosition++,
      priority: priorityOf(message, this.settings),
      expiresAtMs: this.#host.nowMs() + lifeMs,
      redelivered: false,
      acquired: 0,
      failed: 0,
    };
  }

  /** Delivers ready entries, round robin, until none is left or no consumer has room. */
  deliver(): void {
    this.#dropExpired();
    this.#deliverReady();
    this.#dropExpired();
  }

  #deliverReady(): void {
    while (this.#ready.length > 0) {
      const consumer = this.consumers.next();
      if (!consumer) return;
      const entry = this.#ready.shift();
      if (entry) consumer.deliver(entry);
    }
  }

  /** To be called when a consumer may have room again. */
  wake(): void {
    this.consumers.refresh();
    this.deliver();
  }

  /** The message as it is delivered: a quorum queue adds how often it was delivered before, and how often that failed. */
  outgoing(entry: Entry): Message {
    if (!this.settings.isQuorum || entry.acquired === 0) return entry.message;
    const headers = new Map(entry.message.properties.headers);
    headers.set("x-acquired-count", { type: "l", value: BigInt(entry.acquired) });
    if (entry.failed > 0) headers.set("x-delivery-count", { type: "l", value: BigInt(entry.failed) });
    return withProperties(entry.message, { ...entry.message.properties, headers: sorted(headers) });
  }

  /** basic.get: takes the first entry, also when the queue has consumers. */
  get(): Entry | undefined {
    this.touch();
    this.#dropExpired();
    const entry = this.#ready.shift();
    this.#armExpiry();
    return entry;
  }

  /** Ends an unacked entry: it was acked or dropped. */
  settle(entry: Entry): void {
    this.#host.free(entry.message);
  }

  /** Puts unacked entries back, marked as redelivered: at their old positions, or in a quorum queue at the front. */
  requeue(entries: readonly Entry[], why: ReturnReason): void {
    for (const entry of entries) {
      if (this.isGone) this.settle(entry);
      else this.#takeBack(entry, why);
    }
    if (this.isGone) return;
    this.deliver();
    this.#enforceLength();
  }

  #takeBack(entry: Entry, why: ReturnReason): void {
    entry.redelivered = true;
    if (!this.settings.isQuorum) {
      this.#ready.insert(entry);
      return;
    }
    entry.acquired += 1;
    if (why === "failed") entry.failed += 1;
    if (entry.failed > this.settings.deliveryLimit) this.deadLetter(entry, "delivery_limit");
    // Before all that were not delivered yet, and after those that came back earlier.
    else this.#ready.insert({ ...entry, priority: Number.POSITIVE_INFINITY, position: this.#nextPosition++ });
  }

  /** Ends an entry that was taken out. Its message goes to the dead-letter exchange, if the queue has one. */
  deadLetter(entry: Entry, reason: DeathReason): void {
    if (!this.isGone && this.settings.deadLetterExchange !== undefined) {
      this.#host.deadLetter(this, entry.message, reason);
    }
    this.#host.free(entry.message);
  }

  /** Drops the ready entries and returns how many there were. */
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
    if (this.consumers.count === 0 && this.settings.autoDelete) this.#host.deleteQueue(this);
    else this.deliver();
  }

  /** Notes that the queue was used: the time to its expiry (x-expires) starts anew. */
  touch(): void {
    clearTimeout(this.#idle);
    const { expiresMs } = this.settings;
    if (expiresMs === Number.POSITIVE_INFINITY || this.isGone) return;
    this.#idle = setTimeout(
      () => {
        if (this.consumers.count === 0) this.#host.deleteQueue(this);
      },
      Math.min(expiresMs, TIMER_MAX_MS),
    );
  }

  /** Ends a deleted queue and cancels its consumers. Returns how many entries were ready. */
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

  /** Enforces x-max-length and x-max-length-bytes. Returns false when the newest entry was rejected. */
  #enforceLength(): boolean {
    const { lengthMax, bytesMax, overflow } = this.settings;
    let isAccepted = true;
    while (this.#ready.length > lengthMax || this.#ready.bytes > bytesMax) {
      const entry = overflow === "drop-head" ? this.#ready.shift() : this.#ready.pop();
      if (!entry) break;
      if (overflow !== "drop-head") isAccepted = false;
      if (overflow === "reject-publish") this.settle(entry);
      else this.deadLetter(entry, "maxlen");
    }
    return isAccepted;
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
