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

/** Go: `var c chan T`. A send or a receive on it blocks for ever, or until its signal aborts. */
export function nil<T>(): Chan<T> {
  return new NilChan() as Chan<never> as unknown as Chan<T>;
}
