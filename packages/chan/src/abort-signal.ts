/**
 * One listener on an AbortSignal for all operations that the signal may end.
 *
 * Invariant: a signal has our listener if and only if it may end an operation.
 * With a listener for each, adding and removing one would search all the others, and Node warns of a leak when there are more than
 * ten.
 */

/** Something that a signal can end. */
export interface Abortable {
  /** Called once, while it is watched. It must call `unwatch`. */
  abort(reason: unknown): void;
}

interface Watch {
  readonly waiting: Set<Abortable>;
  readonly listener: () => void;
}

const watches = new WeakMap<AbortSignal, Watch>();

function newWatch(signal: AbortSignal): Watch {
  const waiting = new Set<Abortable>();
  return {
    waiting,
    listener() {
      for (const abortable of waiting) abortable.abort(signal.reason);
    },
  };
}

/** Throws unless `signal` is one. It is known by its methods and not by its class, so one of another realm will do. */
export function checkSignal(caller: string, signal: AbortSignal): void {
  if (typeof signal?.addEventListener !== "function")
    throw new TypeError(`${caller}: signal must be an AbortSignal, got ${typeof signal}`);
}

/** From now on `abortable.abort` is called when the signal aborts. */
export function watch(signal: AbortSignal, abortable: Abortable): void {
  let it = watches.get(signal);
  if (it === undefined) {
    it = newWatch(signal);
    watches.set(signal, it);
  }
  if (it.waiting.size === 0) signal.addEventListener("abort", it.listener);
  it.waiting.add(abortable);
}

/** Undoes `watch`. */
export function unwatch(signal: AbortSignal, abortable: Abortable): void {
  const it = watches.get(signal);
  if (it?.waiting.delete(abortable) && it.waiting.size === 0)
    signal.removeEventListener("abort", it.listener);
}
