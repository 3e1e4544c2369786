import { ChanCore, chan, kindOf } from "./chan.ts";
import { go } from "./go.ts";
import type { RecvChan } from "./types.ts";
import { WaitGroup } from "./wait-group.ts";

/**
 * Fan-in: one chan that gives every value of every source, and closes when all sources are closed and drained. Never blocks.
 * Throws a `TypeError` when a source is no chan. It takes a value from each source before a receiver asks for it: a receiver that
 * stops early leaves up to one value of each source undelivered. Go has none in its library; see "Go Concurrency Patterns".
 *
 * @example
 * ```ts
 * const [a, b] = [chan<number>(1), chan<number>(1)];
 * await a.send(1);
 * await b.send(2);
 * a.close();
 * b.close();
 * let sum = 0;
 * for await (const v of merge(a, b)) sum += v;
 * sum; // => 3
 * ```
 */
export function merge<T>(...sources: readonly RecvChan<T>[]): RecvChan<T> {
  for (const [i, source] of sources.entries())
    if (!(source instanceof ChanCore))
      throw new TypeError(`merge: source ${i + 1} must be a chan, got ${kindOf(source)}`);
  const out = chan<T>();
  const group = new WaitGroup();
  for (const source of sources) {
    group.go(async () => {
      for await (const value of source) await out.send(value);
    });
  }
  go(async () => {
    await group.wait();
    out.close();
  });
  return out;
}
