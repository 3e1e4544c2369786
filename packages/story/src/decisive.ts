/**
 * What was decisive in a story, read from its trace alone: the event without which the people would wear something else.
 * The simulator and the demo put it into their own words; what it is, is found here.
 */
import type { Area } from "./area.ts";
import { isOwn } from "./cancel-sender.ts";
import type { Command } from "./command.ts";
import { type PaintedPlace, People, stepsShown } from "./people.ts";
import { staleSteps } from "./stale.ts";
import type { TraceEvent } from "./trace.ts";
import type { AreaVerdict } from "./verdict.ts";

type Of<T extends TraceEvent["type"]> = TraceEvent & { readonly type: T };

/** A command, and when it was reported as accepted. */
export interface Accepted {
  readonly command: Command;
  readonly at: number;
}

/** A place where an older command was painted over the newest one. `index` counts from 0. */
export interface Overwritten {
  readonly index: number;
  readonly event: Of<"painted">;
  /** The node that had painted the newest command there. */
  readonly painter: string;
}

/** Why people of one area do not wear the newest command's shirt. */
export type Decisive = { readonly newest: Accepted } & (
  | { readonly kind: "overwritten"; readonly places: readonly Overwritten[] }
  /** A node gave up the newest command. `cause`: the cancel or the other job that it came after. */
  | {
      readonly kind: "stopped";
      readonly stop: Of<"stopped">;
      readonly cause: Of<"cancel received" | "delivered"> | undefined;
      readonly isNobody: boolean;
    }
  | { readonly kind: "never taken"; readonly hasUnacked: boolean; readonly isNobody: boolean }
  | { readonly kind: "never finished"; readonly isNobody: boolean }
  | { readonly kind: "acked early"; readonly ack: Of<"acked">; readonly isNobody: boolean }
  /** The table counts wrong people, and the order of the trace does not show how they came to be. */
  | { readonly kind: "not shown"; readonly verdict: AreaVerdict }
);

/**
 * For each commanded area in which somebody wears the wrong shirt, what was decisive. Where the trace holds the table's
 * verdict, the verdict says whether somebody does: reports may come in another order than the steps landed.
 */
export function decisive(trace: readonly TraceEvent[], steps?: number): Decisive[] {
  const people = new People(Math.max(steps ?? 1, stepsShown(trace)));
  for (const event of trace) people.apply(event);
  return [...people.newest].flatMap(([area, newest]) => {
    const verdict = verdictOf(trace, area);
    if (verdict?.wrong === 0) return [];
    const found = overwritten(trace, people, newest) ?? unfinished(trace, people, area, newest);
    if (found) return [found];
    return verdict ? [{ kind: "not shown", newest, verdict }] : [];
  });
}

/** What the table counted in an area, if the trace holds it. */
export function verdictOf(trace: readonly TraceEvent[], area: Area): AreaVerdict | undefined {
  const event = trace.findLast((one) => one.type === "verdict" && one.verdict.area === area);
  return event?.type === "verdict" ? event.verdict : undefined;
}

function overwritten(trace: readonly TraceEvent[], people: People, newest: Accepted): Decisive | undefined {
  const { revision, area } = newest.command;
  const places = people.of(area).flatMap((place, index): Overwritten[] => {
    if (!place || place.event.command.revision === revision) return [];
    // It says itself that it landed before the newest command: only its report came after.
    if (place.event.stale === false) return [];
    const painter = painterOf(place.before, revision);
    return painter === undefined ? [] : [{ index, event: place.event, painter }];
  });
  // Of steps that do not know, those that are stale for sure, if there are any: another one may have landed before.
  const sure = staleSteps(trace, area).possible.flatMap(({ event, isSure }) => (isSure ? [event] : []));
  const proved = places.filter(({ event }) => event.stale || sure.includes(event));
  const shown = proved.length > 0 ? proved : places;
  return shown.length > 0 ? { kind: "overwritten", newest, places: shown } : undefined;
}

/** The node that painted this revision here last. */
function painterOf(place: PaintedPlace | undefined, revision: number): string | undefined {
  for (let earlier = place; earlier; earlier = earlier.before)
    if (earlier.event.command.revision === revision) return earlier.event.node;
  return undefined;
}

/** Somebody was never painted in the newest shirt. */
function unfinished(
  trace: readonly TraceEvent[],
  people: People,
  area: Area,
  newest: Accepted,
): Decisive | undefined {
  const left = people.wearing(area).filter((shirt) => shirt !== newest.command.shirt).length;
  if (left === 0) return undefined;
  const isNobody = left === people.of(area).length;
  const isAbout = (event: TraceEvent) => isOf(event, newest.command);
  const stopIndex = trace.findLastIndex((event) => event.type === "stopped" && isAbout(event));
  const stop = trace[stopIndex];
  if (stop?.type === "stopped")
    return { kind: "stopped", newest, stop, cause: causeOfStop(trace, stopIndex), isNobody };
  if (!trace.some((event) => event.type === "delivered" && isAbout(event)))
    return { kind: "never taken", newest, hasUnacked: hasUnacked(trace), isNobody };
  const ack = trace.findLast((event) => event.type === "acked" && isAbout(event));
  return ack?.type === "acked"
    ? { kind: "acked early", newest, ack, isNobody }
    : { kind: "never finished", newest, isNobody };
}

/** The last thing that a node heard before it stopped a routine: another node's cancel, or another job. */
export function causeOfStop(
  trace: readonly TraceEvent[],
  stopIndex: number,
): Of<"cancel received" | "delivered"> | undefined {
  const stop = trace[stopIndex];
  if (stop?.type !== "stopped") return undefined;
  const cause = trace
    .slice(0, stopIndex)
    .findLast(
      (event) =>
        event.node === stop.node &&
        (event.type === "cancel received" ? !isOwn(trace, event) : event.type === "delivered") &&
        !isOf(event, stop.command),
    );
  return cause?.type === "cancel received" || cause?.type === "delivered" ? cause : undefined;
}

function isOf(event: TraceEvent, { area, revision }: Command): boolean {
  return "command" in event && event.command.area === area && event.command.revision === revision;
}

function hasUnacked(trace: readonly TraceEvent[]): boolean {
  const count = (type: TraceEvent["type"]) => trace.filter((event) => event.type === type).length;
  return count("delivered") > count("acked") + count("ack dropped");
}
