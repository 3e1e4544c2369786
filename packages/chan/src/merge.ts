import { ChanCore, chan } from "./chan.ts";
import { go } from "./go.ts";
import type { RecvChan } from "./types.ts";
import { WaitGroup } from "./wait-group.ts";

/**
 * Fan-in: one chan that gives every value of every source, and closes when all sources are closed and drained. It takes a
 * value from each source before it knows that somebody wants it: who stops receiving leaves one behind for each source.
 */
export function merge<T>(...sources: readonly RecvChan<T>[]): RecvChan<T> {
  for (const [i, source] of sources.entries())
    if (!(source instanceof ChanCore))
      throw new TypeError(`merge: source ${i + 1} must be a chan, got ${typeof source}`);
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
