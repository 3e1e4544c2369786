/**
 * The dead letters that wait to be published.
 *
 * 1. They are published after the change that made them, never within it: a queue in the middle of a change is not called.
 * 2. They are published in order. One that makes another adds it to the end of the same list.
 */
import { deadLetterOf, isCycle } from "./dead-letter.ts";
import type { Message } from "./message.ts";
import type { DeathReason, Queue } from "./queue.ts";

interface Waiting {
  readonly queue: Queue;
  readonly message: Message;
  readonly reason: DeathReason;
}

export class DeadLetterList {
  /** The queues that a message published to this exchange reaches; none when there is no such exchange. */
  readonly #route: (exchange: string, message: Message) => Iterable<Queue>;
  #waiting: Waiting[] = [];
  #isPublishing = false;

  constructor(route: (exchange: string, message: Message) => Iterable<Queue>) {
    this.#route = route;
  }

  add(queue: Queue, message: Message, reason: DeathReason): void {
    this.#waiting.push({ queue, message, reason });
    // Not every change ends with a call of `publish`: timers and closed AMQP channels dead-letter too.
    if (this.#waiting.length === 1) queueMicrotask(() => this.publish());
  }

  publish(): void {
    if (this.#isPublishing) return;
    this.#isPublishing = true;
    try {
      // The list may grow while this loop runs.
      for (const waiting of this.#waiting) this.#publishOne(waiting);
    } finally {
      this.#waiting = [];
      this.#isPublishing = false;
    }
  }

  #publishOne({ queue, message, reason }: Waiting): void {
    const letter = deadLetterOf(message, queue, reason, Math.floor(Date.now() / 1000));
    for (const target of this.#route(letter.exchange, letter)) {
      if (reason === "rejected" || !isCycle(letter, target.name)) target.publish(letter);
    }
  }
}
