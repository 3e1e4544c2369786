/** The cases of a select, and the types that tell what comes of them. */

import { ChanCore } from "./chan.ts";
import type { Off, RecvChan, SendChan } from "./types.ts";

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

/** What a select is asked to do on one chan. It holds nothing of a select that waits, so it may serve many, one after another or at once. */
export class Case {
  declare readonly chan: ChanCore<unknown> | undefined;
  declare readonly isSend: boolean;
  declare readonly value: unknown;
  /** Its name in the call of select that saw it last. */
  declare key: string;
  /** That call: a second sight in the same call is a mistake. */
  declare call: number;

  constructor(chan: ChanCore<unknown> | undefined, isSend: boolean, value: unknown) {
    this.chan = chan;
    this.isSend = isSend;
    this.value = value;
    this.key = "";
    this.call = 0;
  }
  get isReady(): boolean {
    const { chan } = this;
    return chan !== undefined && (this.isSend ? chan.canSend : chan.canRecv);
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
