/** The cases of a select: each is the waiter that stands in its chan's queue, and a select that blocks owns several. */

import { ChanCore } from "./chan.ts";
import { type Parked, park, unpark } from "./parked.ts";
import type { Off, RecvChan, SendChan } from "./types.ts";
import { NEXT, type Resolve, type Turn, type Waiter, type WaitQueue, wake } from "./waiter.ts";

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

export class Case implements Waiter {
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
  sent(): unknown {
    this.selection?.win({ case: this.key }, NEXT);
    return this.value;
  }
  panic(error: unknown): void {
    this.selection?.lose(error);
  }
}

/** A select that blocks. */
export class Selection implements Parked {
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
    wake(this.resolve, outcome, turn);
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
