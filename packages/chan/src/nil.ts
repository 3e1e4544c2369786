import { ChanCore } from "./chan.ts";
import { CloseOfNilChannelError } from "./errors.ts";
import type { Chan } from "./types.ts";
import { WaitQueue } from "./wait-queue.ts";

/** Go's nil channel as an object: never ready, and closing it is an error. In a select it switches its case off. */
class NilChan extends ChanCore<never> {
  constructor() {
    super(0);
    this.recvq = new WaitQueue("chan receive (nil chan)");
    this.sendq = new WaitQueue("chan send (nil chan)");
  }
  override get canRecv(): boolean {
    return false;
  }
  override get canSend(): boolean {
    return false;
  }
  override get hasValue(): boolean {
    return false;
  }
  protected override put(): boolean {
    return false;
  }
  override close(): void {
    throw new CloseOfNilChannelError();
  }
}

/**
 * A nil chan: a send or a receive on it blocks for ever, or until its signal aborts, and `close` throws `CloseOfNilChannelError`.
 * Never blocks by itself. Go: `var c chan T`.
 *
 * @example
 * ```ts
 * const none = nil<number>();
 * none.trySend(1); // => false
 * none.tryRecv(); // => undefined
 * trySelect({ none: receiving(none) }); // => undefined
 * none.close(); // throws "close of nil channel"
 * ```
 */
export function nil<T>(): Chan<T> {
  return new NilChan() as Chan<never> as unknown as Chan<T>;
}
