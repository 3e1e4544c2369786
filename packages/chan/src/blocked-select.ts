/** A select that blocks: it has a waiter in the queue of each case, and the first one that is woken takes the others out. */

import { unwatch, watch } from "./abort-signal.ts";
import { BlockedRoutine, wake, wakeWithError } from "./blocked.ts";
import type { Case } from "./case.ts";
import { SendOnClosedChannelError } from "./errors.ts";
import { registry } from "./registry.ts";
import { scheduler } from "./scheduler.ts";
import { NEXT, type ResumeOrder, type Waiter, type WaitQueue } from "./wait-queue.ts";
import { keep } from "./waiter-pool.ts";

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
  wakeReceiver(value: unknown, ok: boolean, order: ResumeOrder): void {
    this.selection.winReceive(this, value, ok, order);
  }
  wakeSender(): unknown {
    return this.selection.winSend(this);
  }
  wakeWithPanic(error: unknown): void {
    this.selection.lose(this, error);
  }
}

/** One of a select's waiters. */
type CaseWaiter = Selection | Entry;

/** It is the waiter of its first case itself. */
export class Selection extends BlockedRoutine {
  /** The waiter of the case that was entered last; undefined when there is none. */
  declare private last: CaseWaiter | undefined;
  declare sibling: Entry | undefined;
  declare key: string;

  constructor() {
    super();
    this.last = undefined;
    this.sibling = undefined;
    this.key = "";
  }
  get waitsFor(): string {
    if (this.last === undefined) return "select (no cases)";
    for (let waiter: CaseWaiter | undefined = this; waiter !== undefined; waiter = waiter.sibling) {
      if (waiter.queue?.isOfOtherClock)
        return `select (case "${waiter.key}": a timer made outside this bubble)`;
      if (waiter === this.last) break;
    }
    return "select";
  }
  begin(): Promise<unknown> {
    return this.block();
  }
  enter(key: string, { chan, isSend, value }: Case): void {
    if (chan === undefined) return;
    const { last } = this;
    let waiter: CaseWaiter = this;
    if (last !== undefined) {
      last.sibling ??= new Entry(this);
      waiter = last.sibling;
    }
    this.last = waiter;
    waiter.key = key;
    waiter.value = value;
    (isSend ? chan.senders : chan.receivers).push(waiter);
  }
  wakeReceiver(value: unknown, ok: boolean, order: ResumeOrder): void {
    this.winReceive(this, value, ok, order);
  }
  wakeSender(): unknown {
    return this.winSend(this);
  }
  wakeWithPanic(error: unknown): void {
    this.lose(this, error);
  }
  /** `first` was taken out of its queue to receive. */
  winReceive(first: CaseWaiter, value: unknown, ok: boolean, order: ResumeOrder): void {
    const { key } = this.leave(first);
    wake(this.unblock(), { case: key, value, ok }, order);
  }
  /** `first` was taken out of its queue to send. Returns what it sends. */
  winSend(first: CaseWaiter): unknown {
    const winner = this.leave(first);
    const { key, value } = winner;
    winner.value = undefined;
    wake(this.unblock(), { case: key }, NEXT);
    return value;
  }
  /** `first` was taken out of its queue by a close; undefined when a signal aborted. */
  lose(first: CaseWaiter | undefined, error: unknown): void {
    const loser = this.leave(first);
    loser.value = undefined;
    // A close does not know the cases of a select; the error of one names the case.
    wakeWithError(this.unblock(), first === undefined ? error : new SendOnClosedChannelError(loser.key));
  }
  /**
   * Takes all its waiters out of their queues, and returns the one that wins. Waiters of one select in the same queue are equal,
   * and only the order of their names decides which is taken first: so one of them is picked.
   */
  private leave(first: CaseWaiter | undefined): CaseWaiter {
    const { last } = this;
    this.last = undefined;
    let pick = first ?? this;
    let equals = 1;
    for (let waiter: CaseWaiter | undefined = last && this; waiter !== undefined; waiter = waiter.sibling) {
      if (waiter !== first) {
        const { queue } = waiter;
        if (queue === first?.queue && scheduler.random(++equals) * equals < 1) {
          pick.value = undefined;
          pick = waiter;
        } else waiter.value = undefined;
        queue?.remove(waiter);
      }
      if (waiter === last) break;
    }
    if (first !== undefined) first.queue = undefined;
    this.free();
    return pick;
  }
  protected free(): void {
    keep(this.registry.spareSelections, this);
  }
}

export function selection(): Selection {
  return (registry.spareSelections.pop() as Selection | undefined) ?? new Selection();
}

/** A select that a signal may end. Its signal may keep it, so it is used only once. */
export class AbortableSelection extends Selection {
  declare readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    super();
    this.signal = signal;
    watch(signal, this);
  }
  abort(reason: unknown): void {
    this.lose(undefined, reason);
  }
  protected override free(): void {
    unwatch(this.signal, this);
    this.unlink();
  }
}
