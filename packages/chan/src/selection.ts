/** A select that blocks: one waiter for each case, and whichever is woken first takes the others out. */

import type { Case } from "./case.ts";
import { Parked, ring } from "./parked.ts";
import type { Resolve } from "./pending.ts";
import { NEXT, type Turn, type Waiter, type WaitQueue, wake } from "./waiter.ts";

/** The waiter of a case after the first. It belongs to its selection for good. */
class Entry implements Waiter {
  declare queue: WaitQueue | undefined;
  declare prev: Waiter | undefined;
  declare next: Waiter | undefined;
  declare readonly selection: Selection;
  /** The entry after this one in the same selection. */
  declare sibling: Entry | undefined;
  declare key: string;
  declare value: unknown;

  constructor(selection: Selection) {
    this.queue = undefined;
    this.prev = undefined;
    this.next = undefined;
    this.selection = selection;
    this.sibling = undefined;
    this.key = "";
    this.value = undefined;
  }
  received(value: unknown, ok: boolean, turn: Turn): void {
    wake(this.selection.leave(), { case: this.key, value, ok }, turn);
  }
  sent(): unknown {
    const { value } = this;
    wake(this.selection.leave(), { case: this.key }, NEXT);
    return value;
  }
  panic(error: unknown): void {
    this.selection.panic(error);
  }
}

/** Stands in the queue of its first case itself. */
export class Selection extends Parked {
  /** The waiter of the case that was entered last; undefined when there is none. */
  declare private last: Selection | Entry | undefined;
  declare sibling: Entry | undefined;
  declare key: string;

  constructor() {
    super();
    this.last = undefined;
    this.sibling = undefined;
    this.key = "";
  }
  get waitsFor(): string {
    return this.last === undefined ? "select (no cases)" : "select";
  }
  begin(resolve: Resolve): void {
    this.block(resolve);
  }
  enter({ chan, isSend, key, value }: Case): void {
    if (chan === undefined) return;
    const { last } = this;
    let waiter: Selection | Entry = this;
    if (last !== undefined) {
      last.sibling ??= new Entry(this);
      waiter = last.sibling;
    }
    this.last = waiter;
    waiter.key = key;
    waiter.value = value;
    (isSend ? chan.senders : chan.receivers).push(waiter);
  }
  received(value: unknown, ok: boolean, turn: Turn): void {
    wake(this.leave(), { case: this.key, value, ok }, turn);
  }
  sent(): unknown {
    const { value } = this;
    wake(this.leave(), { case: this.key }, NEXT);
    return value;
  }
  panic(error: unknown): void {
    this.leave()(Promise.reject(error));
  }
  /** Takes all its waiters out of their queues. Answers what wakes the routine. */
  leave(): Resolve {
    const { last } = this;
    this.last = undefined;
    for (
      let waiter: Selection | Entry | undefined = last && this;
      waiter !== undefined;
      waiter = waiter.sibling
    ) {
      waiter.queue?.remove(waiter);
      waiter.value = undefined;
      if (waiter === last) break;
    }
    this.free();
    return this.unblock();
  }
  protected free(): void {
    this.retire(this.ring.spareSelections);
  }
}

export function selection(): Selection {
  return (ring.spareSelections.pop() as Selection | undefined) ?? new Selection();
}

/** A select that a signal may end. Its signal may keep it, so it is used only once. */
export class AbortableSelection extends Selection {
  declare readonly signal: AbortSignal;
  declare readonly onAbort: () => void;

  constructor(signal: AbortSignal) {
    super();
    this.signal = signal;
    this.onAbort = () => this.panic(signal.reason);
    signal.addEventListener("abort", this.onAbort);
  }
  protected override free(): void {
    this.signal.removeEventListener("abort", this.onAbort);
    this.unlink();
  }
}
