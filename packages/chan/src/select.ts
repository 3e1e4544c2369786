/**
 * select: Go's choice among several sends and receives.
 *
 * Invariants:
 * 1. Exactly one case wins. The win, the hand-over of the value and the departure of the losers from their queues happen
 *    in one synchronous stretch, so no other routine ever sees a loser.
 * 2. Among the cases that are ready at the call one is picked uniformly; if none is, the first to become ready wins.
 * 3. A case that is off (`false`, `null`, `undefined`: Go's nil chan) never wins.
 * Three passes, as in Go's runtime: look and pick; else stand in every queue; when woken, leave the other queues.
 */

import { ChanCore } from "./chan.ts";
import { type Resolve, suspend } from "./operation.ts";
import { type Parked, park, unpark } from "./parked.ts";
import { later, scheduler, spend } from "./scheduler.ts";
import type { Cancellable, Off, RecvChan, SendChan } from "./types.ts";
import { answerLater, NEXT, type Turn, type Waiter, type WaitQueue } from "./waiter.ts";

/** Go: `case v, ok := <-c`. Made by `receiving`. */
export interface RecvCase<out T> {
  readonly receives: T;
}
/** Go: `case c <- v`. Made by `sending`. */
export interface SendCase {
  readonly sends: true;
}

type AnyCase = RecvCase<unknown> | SendCase;
export type Cases = Readonly<Record<string, AnyCase | Off>>;

type OutcomeOf<K, C> =
  C extends RecvCase<infer T>
    ?
        | { readonly case: K; readonly value: T; readonly ok: true }
        | { readonly case: K; readonly value: undefined; readonly ok: false }
    : C extends SendCase
      ? { readonly case: K }
      : never;

/** The union of what the cases answer; `outcome.case` tells them apart, `outcome.ok` narrows `outcome.value`. */
export type Outcome<C extends Cases> = { [K in keyof C & string]: OutcomeOf<K, C[K]> }[keyof C & string];

class Case implements Waiter {
  declare queue: WaitQueue | undefined;
  declare prev: Waiter | undefined;
  declare next: Waiter | undefined;
  declare readonly value: unknown;
  declare readonly chan: ChanCore<unknown> | undefined;
  declare readonly isSend: boolean;
  declare key: string;
  /** The call of select that saw this case last: a second sight in the same call is a mistake. */
  declare call: number;
  declare selection: Selection | undefined;
  /** The case before this one in the same waiting select. */
  declare sibling: Case | undefined;

  constructor(chan: ChanCore<unknown> | undefined, isSend: boolean, value: unknown) {
    this.queue = undefined;
    this.prev = undefined;
    this.next = undefined;
    this.value = value;
    this.chan = chan;
    this.isSend = isSend;
    this.key = "";
    this.call = 0;
    this.selection = undefined;
    this.sibling = undefined;
  }
  get isReady(): boolean {
    const { chan } = this;
    return chan !== undefined && (this.isSend ? chan.canSend : chan.canRecv);
  }
  received(value: unknown, ok: boolean, turn: Turn): void {
    this.selection?.win({ case: this.key, value, ok }, turn);
  }
  sent(): void {
    this.selection?.win({ case: this.key }, NEXT);
  }
  panic(error: unknown): void {
    this.selection?.lose(error);
  }
}

/** A select that blocks. */
class Selection implements Parked {
  declare before: Parked;
  declare after: Parked;
  declare last: Case | undefined;
  declare readonly resolve: Resolve;
  /** Takes the listener from the signal. */
  declare release: (() => void) | undefined;

  constructor(resolve: Resolve) {
    this.before = this;
    this.after = this;
    this.last = undefined;
    this.resolve = resolve;
    this.release = undefined;
    park(this);
  }
  get waitsFor(): string {
    return this.last === undefined ? "select (no cases)" : "select";
  }
  enter(c: Case): void {
    if (c.chan === undefined) return;
    c.selection = this;
    c.sibling = this.last;
    this.last = c;
    (c.isSend ? c.chan.sendq : c.chan.recvq).push(c);
  }
  win(outcome: unknown, turn: Turn): void {
    this.leave();
    if (turn === NEXT) this.resolve(outcome);
    else answerLater(this.resolve, outcome);
  }
  lose(error: unknown): void {
    this.leave();
    this.resolve(Promise.reject(error));
  }
  private leave(): void {
    unpark(this);
    this.release?.();
    for (let c = this.last; c !== undefined; ) {
      const { sibling } = c;
      c.queue?.remove(c);
      c.selection = c.sibling = undefined;
      c = sibling;
    }
  }
}

function coreOf(c: unknown, argument: string): ChanCore<unknown> | undefined {
  if (c instanceof ChanCore) return c;
  if (c === undefined || c === null || c === false) return undefined;
  throw new TypeError(`${argument} must be a chan, got ${typeof c}`);
}

/** A case that receives from `source`. A nil chan (`undefined`, `null`, `false`) makes a case that never wins. */
export function receiving<T>(source: RecvChan<T> | Off): RecvCase<T> {
  return new Case(coreOf(source, "receiving: source"), false, undefined) as unknown as RecvCase<T>;
}

/** A case that sends `value` to `target`. A nil chan makes a case that never wins. */
export function sending<T>(target: SendChan<T> | Off, value: T): SendCase {
  return new Case(coreOf(target, "sending: target"), true, value) as unknown as SendCase;
}

let calls = 0;

/**
 * Pass 1: checks every case and picks among the ready ones. Reservoir sampling: the n-th ready case replaces the pick with a
 * chance of 1/n, which makes the pick uniform without a list.
 */
function look(cases: Cases): Case | undefined {
  calls = (calls + 1) | 0;
  let pick: Case | undefined;
  let ready = 0;
  for (const key in cases) {
    const c: unknown = cases[key];
    if (c === undefined || c === null || c === false) continue;
    if (!(c instanceof Case))
      throw new TypeError(`select: case "${key}" must be made by receiving() or sending(), got ${typeof c}`);
    if (c.call === calls || c.selection !== undefined)
      throw new TypeError(`select: case "${key}" stands in a select already; make one for each case`);
    c.call = calls;
    c.key = key;
    if (c.isReady && (++ready === 1 || scheduler.random() * ready < 1)) pick = c;
  }
  return pick;
}

function perform(c: Case): object {
  const chan = c.chan as ChanCore<unknown>;
  if (c.isSend) {
    chan.trySend(c.value);
    return { case: c.key };
  }
  return chan.hasValue
    ? { case: c.key, value: chan.take(), ok: true }
    : { case: c.key, value: undefined, ok: false };
}

/**
 * Go: select with `default`. Never blocks: `undefined` when no case is ready. Throws when the picked case sends on a
 * closed chan.
 */
export function trySelect<const C extends Cases>(cases: C): Outcome<C> | undefined {
  const pick = look(cases);
  return pick === undefined ? undefined : (perform(pick) as Outcome<C>);
}

/**
 * Blocks until one case can proceed, does it and answers which one it was: `{ case, value, ok }` for a receive,
 * `{ case }` for a send. Rejects with the signal's reason when the signal aborts, and with `SendOnClosedChannelError`
 * when a case sends on a chan that is closed.
 */
export function select<const C extends Cases>(cases: C, options?: Cancellable): Promise<Outcome<C>> {
  const signal = options?.signal;
  if (signal?.aborted) return Promise.reject(signal.reason);
  try {
    const pick = look(cases);
    if (pick === undefined) return wait(cases, signal) as Promise<Outcome<C>>;
    const outcome = perform(pick) as Outcome<C>;
    return spend() ? Promise.resolve(outcome) : later(outcome);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Passes 2 and 3: stands in every queue; whoever takes one case out wakes the select, which leaves the others. */
function wait(cases: Cases, signal: AbortSignal | undefined): Promise<unknown> {
  return suspend((resolve) => {
    const selection = new Selection(resolve);
    for (const key in cases) {
      const c: unknown = cases[key];
      if (c instanceof Case) selection.enter(c);
    }
    if (signal !== undefined) watch(selection, signal);
  });
}

function watch(selection: Selection, signal: AbortSignal): void {
  const onAbort = (): void => selection.lose(signal.reason);
  signal.addEventListener("abort", onAbort);
  selection.release = () => signal.removeEventListener("abort", onAbort);
}
