/**
 * A pool of waiters that serve one blocked routine after another. A spare stays enrolled in its registry, and nothing else
 * holds it.
 *
 * A pool at all, because a young object that is linked into an old queue costs the garbage collector more than its memory does.
 * A small one, because where a thousand routines block, old waiters lie all over the memory and a new one is cheaper.
 * An array and a function, because the same as a class makes `trySend` and `tryRecv` a tenth slower: they find less of what
 * they call compiled into them.
 */

const SPARES_MAX = 8;

interface Spare {
  /** Leaves its registry. */
  unlink(): void;
}

/** Keeps a waiter that was woken, or lets it go when there are enough. `spares.pop()` takes one. */
export function keep<S extends Spare>(spares: S[], waiter: S): void {
  if (spares.length < SPARES_MAX) spares.push(waiter);
  else waiter.unlink();
}
