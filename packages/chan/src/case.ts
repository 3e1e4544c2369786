/** The cases of a select, and the types of its outcome. */

import { ChanCore, kindOf } from "./chan.ts";
import type { Off, RecvChan, SendChan } from "./types.ts";

/** A case that receives; `receiving` makes it. Go: `case v, ok := <-c`. */
export interface RecvCase<out T> {
  /** For the compiler only. */
  readonly receives: T;
}
/** A case that sends; `sending` makes it. Go: `case c <- v`. */
export interface SendCase {
  /** For the compiler only. */
  readonly sends: true;
}

type AnyCase = RecvCase<unknown> | SendCase;
/** What a select takes: cases by name. `false`, `null` and `undefined` are cases that are off. Go: the cases of a `select`. */
export type Cases = Readonly<Record<string, AnyCase | Off>>;

type OutcomeOf<K, C> =
  C extends RecvCase<infer T>
    ?
        | { readonly case: K; readonly value: T; readonly ok: true }
        | { readonly case: K; readonly value: undefined; readonly ok: false }
    : C extends SendCase
      ? { readonly case: K }
      : never;

/**
 * What a select returns: the case that won. `outcome.case` is its name and narrows the rest, `outcome.ok` narrows
 * `outcome.value`. Go: the branch that runs.
 */
export type Outcome<C extends Cases> = { [K in keyof C & string]: OutcomeOf<K, C[K]> }[keyof C & string];

/** What a select is to do on one chan. It holds nothing of a select that blocks, so it may serve many, one after another or at once. */
export class Case {
  declare readonly chan: ChanCore<unknown> | undefined;
  declare readonly isSend: boolean;
  declare readonly value: unknown;
  /** Its name in the latest call of select. */
  declare key: string;
  /** The number of that call: the same case twice in one call is a mistake. */
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
  throw new TypeError(`${argument} must be a chan, got ${kindOf(c)}`);
}

/**
 * A case that receives from `source`. Never blocks by itself. A nil chan (`undefined`, `null`, `false`) makes a case that never
 * wins. Throws a `TypeError` when `source` is no chan. Go: `case v, ok := <-source`.
 *
 * @example
 * ```ts
 * const jobs = chan<string>(1);
 * await jobs.send("paint");
 * await select({ job: receiving(jobs) }); // => { case: "job", value: "paint", ok: true }
 * trySelect({ job: receiving(jobs), off: receiving(undefined) }); // => undefined
 * ```
 */
export function receiving<T>(source: RecvChan<T> | Off): RecvCase<T> {
  return new Case(coreOf(source, "receiving: source"), false, undefined) as unknown as RecvCase<T>;
}

/**
 * A case that sends `value` to `target`. Never blocks by itself. A nil chan (`undefined`, `null`, `false`) makes a case that
 * never wins. Throws a `TypeError` when `target` is no chan. Go: `case target <- value`.
 *
 * @example
 * ```ts
 * const c = chan<number>(1);
 * await select({ out: sending(c, 7) }); // => { case: "out" }
 * await c.recv(); // => [7, true]
 * ```
 */
export function sending<T>(target: SendChan<T> | Off, value: T): SendCase {
  return new Case(coreOf(target, "sending: target"), true, value) as unknown as SendCase;
}
