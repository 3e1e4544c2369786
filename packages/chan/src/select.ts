/**
 * select: Go's choice among several sends and receives.
 *
 * Invariants:
 * 1. Exactly one case wins. It wins, its value is handed over and the losers leave their queues in one synchronous stretch, so no
 *    other routine ever sees a loser.
 * 2. If cases are ready at the call, one of them is picked uniformly; if none is, the first to become ready wins.
 * 3. A case that is off (`false`, `null`, `undefined`: Go's nil chan) never wins.
 * Three passes, as in Go's runtime: look and pick; else wait in every queue; when woken, leave the other queues.
 */

import { abortableSelectWaiter } from "./abortable.ts";
import { enter, promiseOf, selectWaiter } from "./blocked.ts";
import { Case, type Cases, type Outcome } from "./case.ts";
import type { ChanCore } from "./chan.ts";
import { SendOnClosedChannelError } from "./errors.ts";
import { registry } from "./registry.ts";
import { answerAfterTurn, refuse, scheduler, spend } from "./scheduler.ts";
import type { Cancellable } from "./types.ts";
import type { Waiter } from "./waiter.ts";

let calls = 0;

/**
 * Pass 1: checks every case and picks among the ready ones. Reservoir sampling: the n-th ready case replaces the pick with
 * probability 1/n, which makes the pick uniform without a list.
 */
function look(cases: Cases): Case | undefined {
  calls = (calls + 1) | 0;
  let pick: Case | undefined;
  let ready = 0;
  let seen = 0;
  for (const key in cases) {
    seen++;
    const c: unknown = cases[key];
    if (c === undefined || c === null || c === false) continue;
    if (!(c instanceof Case))
      throw new TypeError(`select: case "${key}" must be made by receiving() or sending(), got ${typeof c}`);
    if (c.call === calls)
      throw new TypeError(`select: case "${key}" repeats a case of this select; make one for each name`);
    c.call = calls;
    c.key = key;
    if (c.isReady && (++ready === 1 || scheduler.random(ready) * ready < 1)) pick = c;
  }
  if (seen === 0) checkRecord(cases);
  return pick;
}

/** An empty record blocks for ever, as in Go. Anything but a record would do the same, by mistake. */
function checkRecord(cases: unknown): void {
  const isRecord =
    typeof cases === "object" && cases !== null && !(cases instanceof Map) && !(cases instanceof Set);
  if (!isRecord)
    throw new TypeError("select: cases must be a record of cases, as in { job: receiving(jobs) }");
}

/** Sends the value of a ready case. */
function put(c: Case): void {
  const chan = c.chan as ChanCore<unknown>;
  if (chan.closed) throw new SendOnClosedChannelError(c.key);
  chan.trySend(c.value);
}

/** Takes a value for a ready case; undefined when its chan is closed and drained. */
function take(chan: ChanCore<unknown>, isOk: boolean): unknown {
  return isOk ? chan.take() : undefined;
}

function perform(c: Case): object {
  if (c.isSend) {
    put(c);
    return { case: c.key };
  }
  const chan = c.chan as ChanCore<unknown>;
  const ok = chan.hasValue;
  return { case: c.key, value: take(chan, ok), ok };
}

/**
 * `perform` for a select that need not wait. Literals inside Promise.resolve, so that the compiler sees objects without `then`, as
 * in `recv`.
 */
function goAhead(c: Case): Promise<object> {
  if (c.isSend) {
    put(c);
    return spend() ? Promise.resolve({ case: c.key }) : answerAfterTurn({ case: c.key });
  }
  const chan = c.chan as ChanCore<unknown>;
  const ok = chan.hasValue;
  const value = take(chan, ok);
  return spend() ? Promise.resolve({ case: c.key, value, ok }) : answerAfterTurn({ case: c.key, value, ok });
}

/**
 * Does one of the cases that are ready, or none. Never blocks: `undefined` when no case is ready. Throws
 * `SendOnClosedChannelError` when the case it picks sends on a closed chan, and a `TypeError` when `cases` is no record of cases.
 * Go: a select with `default`.
 *
 * @example
 * ```ts
 * const c = chan<number>(1);
 * trySelect({ c: receiving(c) }); // => undefined
 * trySelect({ c: sending(c, 7) }); // => { case: "c" }
 * trySelect({ c: receiving(c) }); // => { case: "c", value: 7, ok: true }
 * ```
 */
export function trySelect<const C extends Cases>(cases: C): Outcome<C> | undefined {
  const pick = look(cases);
  return pick === undefined ? undefined : (perform(pick) as Outcome<C>);
}

/**
 * Blocks until one of its cases can go ahead, does it and returns which one it was: `{ case, value, ok }` for a receive,
 * `{ case }` for a send. Throws the reason of its signal, `SendOnClosedChannelError` when a case sends on a chan that is closed,
 * and a `TypeError` when `cases` is no record of cases. Without cases it blocks for ever. Go: `select`.
 *
 * @example
 * ```ts
 * const jobs = chan<string>();
 * const cancels = chan<string>();
 * go(() => cancels.send("stop"));
 * const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
 * it.case; // => "cancel"
 * it.value; // => "stop"
 * ```
 */
export function select<const C extends Cases>(cases: C, options?: Cancellable): Promise<Outcome<C>> {
  const signal = options?.signal;
  if (signal?.aborted) return refuse(signal.reason);
  try {
    const pick = look(cases);
    return (pick === undefined ? wait(cases, signal) : goAhead(pick)) as Promise<Outcome<C>>;
  } catch (error) {
    return refuse(error);
  }
}

/** Pass 2: waits in the queue of every case. Pass 3 is `Waiter`: the routine that takes it out of one queue wakes it. */
function wait(cases: Cases, signal: AbortSignal | undefined): Promise<unknown> {
  const first = signal === undefined ? selectWaiter() : abortableSelectWaiter(signal);
  let last: Waiter | undefined;
  // A loop and not a callback: in one the engine would look every key up again.
  for (const key in cases) {
    const c: unknown = cases[key];
    if (!(c instanceof Case) || c.chan === undefined) continue;
    last = enter(first, last, c.isSend ? c.chan.senders : c.chan.receivers, key, c.value);
  }
  if (last === undefined) enter(first, last, registry.nowhere, "", undefined);
  return promiseOf(first);
}
