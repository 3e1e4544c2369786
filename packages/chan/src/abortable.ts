/** A blocked `send`, `recv` or `select` that a signal may end. */

import { checkSignal, unwatch, watch } from "./abort-signal.ts";
import { blockAs } from "./blocked.ts";
import { registry } from "./registry.ts";
import type { WaitQueue } from "./wait-queue.ts";
import { ABORTABLE, Waiter } from "./waiter.ts";
import { wakeWithError } from "./wake.ts";

/** Its signal may keep it, so it is used only once. */
class AbortableWaiter extends Waiter {
  declare readonly signal: AbortSignal;

  constructor(queue: WaitQueue | undefined, signal: AbortSignal) {
    super(queue, registry);
    this.signal = signal;
    watch(signal, this);
  }
  abort(reason: unknown): void {
    this.queue?.remove(this);
    this.leave().value = undefined;
    wakeWithError(this.stopAll(), reason);
  }
  /** The signal is left when the operation is woken, not when its routine runs: an abort in between would come twice. */
  protected override free(): void {
    unwatch(this.signal, this);
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
  return blockAs(new AbortableWaiter(queue, signal), ABORTABLE, value);
}

/** Like `selectWaiter`, until the signal aborts. */
export function abortableSelectWaiter(signal: AbortSignal): Waiter {
  checkSignal("select", signal);
  return new AbortableWaiter(undefined, signal);
}
