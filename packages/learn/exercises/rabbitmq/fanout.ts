/** A fan-out exchange of the judge. To bind a queue takes a while, and what is published before that does not come. */
import { type Chan, chan, type RecvChan, sleep } from "@shirts/chan";
import type { Exchange } from "@shirts/learn";

/** More than any case publishes. */
const ROOM = 1000;

export class Fanout<T> implements Exchange<T> {
  readonly #queues = new Map<string, Chan<T>>();
  readonly #bindMs: number;
  #unnamed = 0;

  constructor(bindMs: number) {
    this.#bindMs = bindMs;
  }

  async bind(name?: string): Promise<RecvChan<T>> {
    await sleep(this.#bindMs);
    const key = name ?? `amq.gen-${++this.#unnamed}`;
    const queue = this.#queues.get(key) ?? chan<T>(ROOM);
    this.#queues.set(key, queue);
    await sleep(this.#bindMs);
    return queue;
  }

  publish(message: T): void {
    for (const queue of this.#queues.values()) queue.trySend(message);
  }

  /** Closes all queues, so that who listens may end. */
  close(): void {
    for (const queue of this.#queues.values()) queue.close();
  }
}
