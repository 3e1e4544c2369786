import { chan } from "./chan.ts";
import { go } from "./go.ts";
import type { RecvChan } from "./types.ts";
import { WaitGroup } from "./wait-group.ts";

/** Fan-in: one chan that gives every value of every source, and closes when all sources are closed and drained. */
export function merge<T>(...sources: readonly RecvChan<T>[]): RecvChan<T> {
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
