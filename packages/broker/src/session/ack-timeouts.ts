/**
 * The deliveries of one AMQP channel that must be acked in time: those of quorum queues, as in RabbitMQ 4.3.
 *
 * A delivery is watched, then forgotten or late. A client may still ack a late one, once: it could not know.
 */

/** The longest timer of Node, 24 days. A longer time is cut to it. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export class AckTimeouts {
  readonly #timers = new Map<number, NodeJS.Timeout>();
  readonly #late = new Set<number>();
  readonly #onLate: (tag: number, timeoutMs: number) => void;

  constructor(onLate: (tag: number, timeoutMs: number) => void) {
    this.#onLate = onLate;
  }

  /** Calls back with the delivery's tag when its time is over. */
  watch(tag: number, timeoutMs: number): void {
    const late = (): void => {
      this.#late.add(tag);
      this.#onLate(tag, timeoutMs);
    };
    this.#timers.set(tag, setTimeout(late, Math.min(timeoutMs, TIMER_MAX_MS)));
  }

  /** The delivery is not unacked any longer. */
  forget(tag: number): void {
    clearTimeout(this.#timers.get(tag));
    this.#timers.delete(tag);
  }

  /** Whether this ack comes too late. It is true once for each delivery. */
  takeLate(tag: number): boolean {
    return this.#late.delete(tag);
  }

  end(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#late.clear();
  }
}
