/**
 * The consumers of one queue, and whose turn it is.
 *
 * 1. Turns go round: who was handed a job goes to the end of the line, one job per turn, whatever its prefetch.
 * 2. A consumer that has no room when its turn comes leaves the line; it joins at the end once it has room again.
 * 3. Higher priority (x-priority) stands before lower; turns go round among equals.
 * 4. With a single active consumer only the first one in order of arrival has turns; the next takes over when it leaves.
 */
import type { Entry } from "./ready-list.ts";

/** Who takes jobs from a queue; the session implements it. */
export interface Consumer {
  readonly tag: string;
  readonly priority: number;
  /** Whether it has room for a job now (prefetch, and a socket that drains). */
  hasRoom(): boolean;
  deliver(entry: Entry): void;
  /** The queue is gone, nothing will come any more. */
  cancelled(): void;
}

export class Consumers {
  readonly #isSingleActive: boolean;
  /** All, in order of arrival. */
  readonly #all = new Set<Consumer>();
  #line: Consumer[] = [];
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

  remove(consumer: Consumer): boolean {
    this.#line = this.#line.filter((other) => other !== consumer);
    this.#full.delete(consumer);
    return this.#all.delete(consumer);
  }

  /** Whose turn it is; undefined when nobody has room. */
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

  /** Lets those who have room again join the line. */
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
