/** A blocked `send` or `recv` that a signal may end. */

import { checkSignal, unwatch, watch } from "./abort-signal.ts";
import { Operation } from "./blocked.ts";
import type { WaitQueue } from "./wait-queue.ts";

/** Its signal may keep it, so it is used only once. */
class AbortableOperation extends Operation {
  declare readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    super();
    this.signal = signal;
    watch(signal, this);
  }
  abort(reason: unknown): void {
    this.queue?.remove(this);
    this.wakeWithPanic(reason);
  }
  /** The signal is left when the operation is woken, not when its routine runs: an abort in between would come twice. */
  protected override free(): void {
    unwatch(this.signal, this);
    this.unlink();
  }
}

/** Like `blockSend` and `blockRecv`, until the signal aborts. */
export function blockUntil<R>(
  caller: string,
  queue: WaitQueue,
  value: unknown,
  signal: AbortSignal,
): Promise<R> {
  checkSignal(caller, signal);
  return new AbortableOperation(signal).waitIn(queue, value, false);
}
