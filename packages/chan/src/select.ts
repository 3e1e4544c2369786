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

import { Case, type Cases, type Outcome } from "./case.ts";
import type { ChanCore } from "./chan.ts";
import { answerAfterTurn, refuse, scheduler, spend } from "./scheduler.ts";
import { AbortableSelection, selection } from "./selection.ts";
import { checkSignal } from "./signal.ts";
import type { Cancellable } from "./types.ts";

let calls = 0;

/**
 * Pass 1: checks every case and picks among the ready ones. Reservoir sampling: the n-th ready case replaces the pick with a
 * chance of 1/n, which makes the pick uniform without a list.
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
      throw new TypeError(`select: case "${key}" stands in this select already; make one for each case`);
    c.call = calls;
    c.key = key;
    if (c.isReady && (++ready === 1 || scheduler.random() * ready < 1)) pick = c;
  }
  if (seen === 0) checkRecord(cases);
  return pick;
}

/** An empty record blocks for ever, as in Go; what is no record would do the same, and that is a mistake. */
function checkRecord(cases: unknown): void {
  const isRecord =
    typeof cases === "object" && cases !== null && !(cases instanceof Map) && !(cases instanceof Set);
  if (!isRecord)
    throw new TypeError("select: cases must be a record of cases, as in { job: receiving(jobs) }");
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
  if (signal?.aborted) return refuse(signal.reason);
  try {
    const pick = look(cases);
    if (pick === undefined) return wait(cases, signal) as Promise<Outcome<C>>;
    const outcome = perform(pick) as Outcome<C>;
    return spend() ? Promise.resolve(outcome) : answerAfterTurn(outcome);
  } catch (error) {
    return refuse(error);
  }
}

/** Passes 2 and 3: stands in every queue; whoever takes one entry out wakes the select, which leaves the others. */
function wait(cases: Cases, signal: AbortSignal | undefined): Promise<unknown> {
  if (signal !== undefined) checkSignal("select", signal);
  const waiting = signal === undefined ? selection() : new AbortableSelection(signal);
  const promise = waiting.begin();
  // Not in a closure: there the engine would look every key up again.
  for (const key in cases) {
    const c: unknown = cases[key];
    if (c instanceof Case) waiting.enter(key, c);
  }
  return promise;
}
