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
import { SendOnClosedChannelError } from "./errors.ts";
import { scheduler, settled } from "./scheduler.ts";
import type { Cancellable, Off, RecvChan, SendChan } from "./types.ts";
import type { Waiter, WaitQueue } from "./waiter.ts";

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

class CaseWaiter implements Waiter {
  queue: WaitQueue | undefined = undefined;
  prev: Waiter | undefined = undefined;
  next: Waiter | undefined = undefined;
  readonly chan: ChanCore<unknown> | undefined;
  readonly isSend: boolean;
  value: unknown;
  key = "";
  selection: Selection | undefined = undefined;

  constructor(chan: ChanCore<unknown> | undefined, isSend: boolean, value: unknown) {
    this.chan = chan;
    this.isSend = isSend;
    this.value = value;
  }
  received(value: unknown, ok: boolean): void {
    this.selection?.win({ case: this.key, value, ok });
  }
  sent(): void {
    this.selection?.win({ case: this.key });
  }
  panic(error: Error): void {
    this.selection?.lose(error);
  }
}

class Selection {
  readonly cases: CaseWaiter[];
  readonly resolve: (outcome: unknown) => void;
  readonly reject: (error: unknown) => void;
  release: (() => void) | undefined = undefined;

  constructor(cases: CaseWaiter[], resolve: (outcome: unknown) => void, reject: (error: unknown) => void) {
    this.cases = cases;
    this.resolve = resolve;
    this.reject = reject;
  }
  win(outcome: unknown): void {
    this.leave();
    this.resolve(outcome);
  }
  lose(error: unknown): void {
    this.leave();
    this.reject(error);
  }
  private leave(): void {
    this.release?.();
    for (const c of this.cases) {
      c.queue?.remove(c);
      c.selection = undefined;
    }
  }
}

function coreOf(c: unknown, who: string, argument: string): ChanCore<unknown> | undefined {
  if (c instanceof ChanCore) return c;
  if (c === undefined || c === null || c === false) return undefined;
  throw new TypeError(`${who}: ${argument} must be a chan, got ${typeof c}`);
}

/** A case that receives from `source`. A nil chan (`undefined`, `null`, `false`) makes a case that never wins. */
export function receiving<T>(source: RecvChan<T> | Off): RecvCase<T> {
  return new CaseWaiter(coreOf(source, "receiving", "source"), false, undefined) as unknown as RecvCase<T>;
}

/** A case that sends `value` to `target`. */
export function sending<T>(target: SendChan<T> | Off, value: T): SendCase {
  return new CaseWaiter(coreOf(target, "sending", "target"), true, value) as unknown as SendCase;
}

function collect(cases: Cases): CaseWaiter[] {
  const waiters: CaseWaiter[] = [];
  for (const key in cases) {
    const c: unknown = cases[key];
    if (c === undefined || c === null || c === false) continue;
    if (!(c instanceof CaseWaiter))
      throw new TypeError(`select: case "${key}" must be made by receiving() or sending(), got ${typeof c}`);
    if (c.selection !== undefined || waiters.includes(c))
      throw new TypeError(`select: case "${key}" already stands in a select; make a new one`);
    c.key = key;
    waiters.push(c);
  }
  return waiters;
}

/** Reservoir sampling: the n-th ready case replaces the pick with a chance of 1/n. */
function pickReady(waiters: CaseWaiter[]): CaseWaiter | undefined {
  let pick: CaseWaiter | undefined;
  let ready = 0;
  for (const w of waiters) {
    if (w.chan === undefined || !(w.isSend ? w.chan.canSend : w.chan.canRecv)) continue;
    ready++;
    if (ready === 1 || scheduler.random() * ready < 1) pick = w;
  }
  return pick;
}

function perform(w: CaseWaiter): unknown {
  const c = w.chan as ChanCore<unknown>;
  if (w.isSend) {
    if (!c.trySend(w.value)) throw new SendOnClosedChannelError();
    return { case: w.key };
  }
  const [value, ok] = c.tryRecv() ?? [undefined, false];
  return { case: w.key, value, ok };
}

/** select with `default`: never blocks, `undefined` when no case is ready. Throws when the picked case sends on a closed chan. */
export function trySelect<const C extends Cases>(cases: C): Outcome<C> | undefined {
  const pick = pickReady(collect(cases));
  return pick === undefined ? undefined : (perform(pick) as Outcome<C>);
}

/**
 * Blocks until one case can proceed, does it and answers which one it was: `{ case, value, ok }` for a receive, `{ case }` for a send.
 * Rejects with the signal's reason when the signal aborts, and with `SendOnClosedChannelError` when a sending case meets a closed chan.
 */
export function select<const C extends Cases>(cases: C, options?: Cancellable): Promise<Outcome<C>> {
  const signal = options?.signal;
  try {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const waiters = collect(cases);
    const pick = pickReady(waiters);
    if (pick !== undefined) return settled(perform(pick) as Outcome<C>);
    return wait(waiters, signal) as Promise<Outcome<C>>;
  } catch (error) {
    return Promise.reject(error);
  }
}

function wait(waiters: CaseWaiter[], signal: AbortSignal | undefined): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const selection = new Selection(waiters, resolve, reject);
    for (const w of waiters) {
      w.selection = selection;
      if (w.chan !== undefined) (w.isSend ? w.chan.sendq : w.chan.recvq).push(w);
    }
    if (signal === undefined) return;
    const onAbort = (): void => selection.lose(signal.reason);
    selection.release = () => signal.removeEventListener("abort", onAbort);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
