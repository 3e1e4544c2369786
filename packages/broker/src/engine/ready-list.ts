/**
 * The ready entries of a queue: those that wait for a consumer.
 *
 * 1. They are sorted by priority, then by position. An entry keeps the position of its arrival, so a requeued entry finds
 *    its original place again.
 * 2. Neither taking from the front nor adding at the back searches. The slots before `#start` are free.
 */
import type { Message } from "./message.ts";

/** One message in one queue. */
export interface Entry {
  readonly message: Message;
  readonly position: number;
  readonly priority: number;
  /** The time of its expiry in milliseconds of the host's clock; Infinity for never. */
  readonly expiresAtMs: number;
  redelivered: boolean;
  /** How often it was delivered and came back, in a quorum queue. */
  acquired: number;
  /** How often it came back because its AMQP channel ended. The delivery limit counts these only. */
  failed: number;
}

export class ReadyList {
  #entries: (Entry | undefined)[] = [];
  #start = 0;
  #bytes = 0;

  get length(): number {
    return this.#entries.length - this.#start;
  }

  /** Bytes of all bodies. */
  get bytes(): number {
    return this.#bytes;
  }

  first(): Entry | undefined {
    return this.#entries[this.#start];
  }

  shift(): Entry | undefined {
    const entry = this.#entries[this.#start];
    if (!entry) return undefined;
    this.#entries[this.#start] = undefined;
    this.#start += 1;
    // At most half of the slots are free, so moving the rest costs O(1) per shift on average.
    if (this.#start > 64 && this.#start * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#start);
      this.#start = 0;
    }
    this.#bytes -= entry.message.body.length;
    return entry;
  }

  pop(): Entry | undefined {
    if (this.length === 0) return undefined;
    const entry = this.#entries.pop();
    if (entry) this.#bytes -= entry.message.body.length;
    return entry;
  }

  insert(entry: Entry): void {
    this.#bytes += entry.message.body.length;
    const at = this.#placeOf(entry);
    if (at === this.#entries.length) {
      this.#entries.push(entry);
    } else if (at === this.#start && at > 0) {
      this.#start -= 1;
      this.#entries[this.#start] = entry;
    } else {
      this.#entries.splice(at, 0, entry);
    }
  }

  /** Removes all entries and returns them. */
  clear(): Entry[] {
    const all = this.#entries.slice(this.#start) as Entry[];
    this.#entries = [];
    this.#start = 0;
    this.#bytes = 0;
    return all;
  }

  #placeOf(entry: Entry): number {
    let low = this.#start;
    let high = this.#entries.length;
    const last = this.#entries[high - 1];
    if (low === high || (last && isBefore(last, entry))) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#entries[middle];
      if (other && isBefore(other, entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.priority === b.priority ? a.position < b.position : a.priority > b.priority;
}
