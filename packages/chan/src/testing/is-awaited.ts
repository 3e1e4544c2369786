import { ChanCore, kindOf } from "../chan.ts";
import type { RecvChan } from "../types.ts";

/**
 * Says whether a routine blocks in a receive from `source`, alone or in a select. Never blocks. Throws a `TypeError` when `source`
 * is no chan. Go: none; a simulator asks it of a timer, to know whether anybody will notice when it fires.
 *
 * @example
 * ```ts
 * const c = chan<number>();
 * isAwaited(c); // => false
 * go(() => c.recv());
 * await sleep(0);
 * isAwaited(c); // => true
 * ```
 */
export function isAwaited(source: RecvChan<unknown>): boolean {
  if (source instanceof ChanCore) return source.hasReceiver;
  throw new TypeError(`isAwaited: source must be a chan, got ${kindOf(source)}`);
}
