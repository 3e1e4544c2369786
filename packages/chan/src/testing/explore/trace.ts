/** What each routine did in each step of an order. Only the last run of a counterexample keeps it: to find a line takes long. */

import type { BlockedWaiter } from "../../waiter.ts";
import type { Routine, Way } from "./choices.ts";
import type { Failure } from "./failure.ts";
import { type Place, placeNow, placeOf } from "./places.ts";

/** Where a routine is after a step. */
export interface Stop {
  readonly place: Place | undefined;
  /** It cannot go on before somebody wakes it. */
  readonly isBlocked: boolean;
}

export interface Row {
  readonly routine: Routine;
  readonly stops: readonly Stop[];
  /** What else is to say: it ends or throws. */
  readonly notes: readonly string[];
  /** The case of the select that goes on. */
  readonly took: string | undefined;
}

/** The case of a select's outcome. */
function caseOf(result: unknown): string | undefined {
  const name =
    typeof result === "object" && result !== null ? (result as { case?: unknown }).case : undefined;
  return typeof name === "string" ? name : undefined;
}

export class Trace {
  readonly rows: Row[] = [];
  /** The `go` of each routine. */
  readonly births = new Map<number, Place>();
  #way: Way | undefined;
  #stops: (Stop | Promise<Stop>)[] = [];
  #picks: number[] = [];

  begin(way: Way): void {
    this.#way = way;
    this.#stops = [];
    this.#picks = [];
  }

  starts({ id }: Routine): void {
    const place = placeNow();
    if (place !== undefined) this.births.set(id, place);
  }

  /** The running code began an operation that need not wait, or set a timer. A select says later which case it took. */
  stops(result: unknown): void {
    if (caseOf(result) !== undefined) this.#picks.pop();
    this.#stops.push({ place: placeNow(), isBlocked: false });
  }

  blocks(member: BlockedWaiter): void {
    this.#stops.push(placeOf(member).then((place) => ({ place, isBlocked: true })));
  }

  /** The running select, or trySelect, found another ready case. */
  coin(among: number, isTaken: boolean): void {
    if (among === 2) this.#picks.push(1);
    if (isTaken) this.#picks[this.#picks.length - 1] = among;
  }

  async end(isOver: boolean, failure: Failure | undefined): Promise<void> {
    if (this.#way === undefined) return;
    const { routine, kind, result } = this.#way;
    const stops = await Promise.all(this.#stops);
    const notes = this.#picks.map((pick) => `picks ready case ${pick}`);
    if (failure !== undefined) notes.push(failure.kind === "panic" ? "panics" : "throws");
    else if (isOver) notes.push("ends");
    else if (stops.length === 0) notes.push(kind === "timer" ? "its timer fires" : "awaits a promise");
    this.rows.push({ routine, stops, notes, took: caseOf(result) });
  }
}
