/**
 * The consumers of one queue, and which of them gets the next delivery.
 *
 * 1. Round robin: a consumer goes to the end of the line after each delivery, whatever its prefetch.
 * 2. A consumer without room leaves the line when it would be next. It joins at the end once it has room again.
 * 3. Consumers of higher priority (x-priority) come first; round robin holds among equals.
 * 4. With a single active consumer only the oldest consumer gets deliveries. The next one takes over when it leaves.
 */
import type { Entry } from "./ready-list.ts";

export interface Consumer {
  readonly priority: number;
  /** Whether it may get a delivery now: its prefetch is not used up, and its socket drains. */
  hasRoom(): boolean;
  deliver(entry: Entry): void;
  /** Called when the queue is deleted: no delivery follows. */
  cancelled(): void;
}

export class Consumers {
  readonly #isSingleActive: boolean;
  /** All consumers in order of arrival. */
  readonly #all = new Set<Consumer>();
  #line: Consumer[] = [];
  /** Consumers that left the line because they had no room. */
  readonly #full = new Set<Consumer>();

  constructor(isSingleActive: boolean) {
    this.#isSingleActive = isSingleActive;
  }

  get count(): number {
    return this.#all.size;
  }

  [Symbol.iterator](): Iterator<Consumer> {
    return this.#all.values();
  }

  add(consumer: Consumer): void {
    this.#all.add(consumer);
    this.#join(consumer);
  }

  /** Returns false when it was not there. */
  remove(consumer: Consumer): boolean {
    this.#line = this.#line.filter((other) => other !== consumer);
    this.#full.delete(consumer);
    return this.#all.delete(consumer);
  }

  /** The consumer that gets the next delivery; undefined when none has room. */
  next(): Consumer | undefined {
    if (this.#isSingleActive) {
      const [active] = this.#all;
      return active?.hasRoom() ? active : undefined;
    }
    for (;;) {
      const consumer = this.#line.shift();
      if (!consumer) return undefined;
      if (consumer.hasRoom()) {
        this.#join(consumer);
        return consumer;
      }
      this.#full.add(consumer);
    }
  }

  /** Lets the consumers that have room again join the line. */
  refresh(): void {
    for (const consumer of this.#full) {
      if (!consumer.hasRoom()) continue;
      this.#full.delete(consumer);
      this.#join(consumer);
    }
  }

  #join(consumer: Consumer): void {
    let at = this.#line.length;
    while (at > 0 && (this.#line[at - 1]?.priority ?? 0) < consumer.priority) at -= 1;
    if (at === this.#line.length) this.#line.push(consumer);
    else this.#line.splice(at, 0, consumer);
  }
}
