/**
 * What a learner has just seen, read from a trace. A scene plans a race, and a busy machine may run another one,
 * or none: so no sentence is fixed. Each is made of events that are there, and what did not happen is not told.
 */
import { areaName } from "./area.ts";
import { senderOf } from "./cancel-sender.ts";
import type { Command } from "./command.ts";
import { causeOfStop, type Decisive, decisive, type Overwritten } from "./decisive.ts";
import { howLate } from "./how-late.ts";
import type { TraceEvent } from "./trace.ts";
import { waitText } from "./waits.ts";

type Trace = readonly TraceEvent[];
type Of<T extends TraceEvent["type"]> = TraceEvent & { readonly type: T };

/** What a caption must know beside the trace. */
export interface Told {
  /** The table refuses late steps, so none may land. */
  readonly isFenced?: boolean;
  /** Said after what went wrong. */
  readonly ifWrong?: readonly string[];
}

/** The caption of a trace: what was decisive, or that the race did not show itself. */
export function captionOf(trace: Trace, { isFenced = false, ifWrong = [] }: Told = {}): string {
  const wrong = decisive(trace);
  if (wrong.length > 0) return [...wrong.map((found) => wrongText(trace, found)), ...ifWrong].join(" ");
  const landed = trace.reduce((sum, event) => sum + (event.type === "verdict" ? event.verdict.stale : 0), 0);
  if (isFenced && landed > 0)
    return [`The table counts ${counted(landed, "late step")}.`, ...ifWrong].join(" ");
  return refusedText(trace) ?? stoppedText(trace) ?? paintedOverText(trace) ?? NOTHING_MET;
}

const NOTHING_MET =
  "Right, and no two commands met: the race did not show itself this time. Play it again, or at another pace.";

function wrongText(trace: Trace, found: Decisive): string {
  const newest = shout(found.newest.command);
  switch (found.kind) {
    case "overwritten":
      return overwrittenText(trace, found.places, newest);
    case "stopped":
      return `${found.stop.node} stopped ${newest}${because(trace, found.cause)}, and acked its job: nobody goes on with it.`;
    case "never taken":
      return `${newest} never came to a node.`;
    case "never finished":
      return `${newest} was taken and never finished.`;
    case "acked early":
      return `${found.ack.node} acked ${newest} before everybody was painted.`;
    case "not shown":
      return `${areaName(found.verdict.area)} is wrong, and the nodes' reports do not show how.`;
  }
}

/** Steps may land late in several ways in one scene: the caption tells the one by which most of them did. */
function overwrittenText(trace: Trace, places: readonly Overwritten[], newest: string): string {
  const ways = new Map<string, number>();
  for (const { event } of places) {
    const way = lateText(trace, event);
    ways.set(way, (ways.get(way) ?? 0) + 1);
  }
  const [[way = "", steps = 0] = []] = [...ways].sort(([, one], [, other]) => other - one);
  return `${way}, and painted over ${counted(steps, "step")} of ${newest}. Nothing will ever repair this.`;
}

/** How a node came to work on an overtaken command. */
function lateText(trace: Trace, event: Of<"painted" | "refused">): string {
  const { node } = event;
  const shirt = shout(event.command);
  const how = howLate(trace, trace.indexOf(event));
  if (how?.kind === "delivered late") {
    const again = how.delivery.redelivered ? "again, since its first delivery was not acked" : "late";
    return `The broker delivered ${shirt} ${again}: ${node} took it for a job to do`;
  }
  const isTold = trace.some(({ type }) => type === "cancel sent");
  const unheard = isTold ? `, ${how?.heard ? "as its cancel came in" : "before it heard a cancel"}` : "";
  if (how?.kind === "woke up") return `${node} was frozen, woke up and went on with ${shirt}${unheard}`;
  return `${node} went on with ${shirt} after a newer command was accepted${unheard}`;
}

function because(trace: Trace, cause: (Decisive & { kind: "stopped" })["cause"]): string {
  if (!cause) return "";
  if (cause.type === "cancel received")
    return ` when it heard ${possessive(senderOf(trace, cause.cancel))} cancel`;
  return ` when ${shout(cause.command)} came${cause.redelivered ? " again" : ""}`;
}

/** The fence said no. */
function refusedText(trace: Trace): string | undefined {
  const refused = trace.filter((event) => event.type === "refused");
  const [first] = refused;
  if (!first) return undefined;
  const steps = refused.length === 1 ? "its step" : `${refused.length} late steps`;
  return `${lateText(trace, first)}: the table refused ${steps}, where the data is written.`;
}

/** Routines of overtaken commands that stopped in time, and what the newer commands had waited. */
function stoppedText(trace: Trace): string | undefined {
  const stops = trace.flatMap((event, index) => {
    if (event.type === "superseded") return [`${event.node} dropped ${shout(event.command)}`];
    if (event.type !== "stopped") return [];
    const frozen = howLate(trace, index)?.kind === "woke up";
    const cause = because(trace, causeOfStop(trace, index));
    return [
      frozen
        ? `${event.node} was frozen, woke up, and stopped ${shout(event.command)}${cause}, before its next step: that was luck`
        : `${event.node} stopped ${shout(event.command)} after ${counted(event.step, "step")}${cause}`,
    ];
  });
  if (stops.length === 0) return undefined;
  return [`${stops.join("; ")}.`, ...late(trace), ...waitText(trace)].join(" ");
}

/** Late steps that the newest command has painted over. */
function late(trace: Trace): string[] {
  const count = trace.filter((event) => event.type === "painted" && event.stale).length;
  if (count === 0) return [];
  return [
    `${counted(count, "late step")} landed all the same, and ${count === 1 ? "was" : "were"} painted over.`,
  ];
}

/** Nobody stopped, and the newest command came after the older one everywhere. */
function paintedOverText(trace: Trace): string | undefined {
  const stale = trace.filter((event) => event.type === "painted" && event.stale === true);
  const [first] = stale;
  if (first?.type !== "painted") return undefined;
  return [
    `Right in the end: ${lateText(trace, first)}. ${counted(stale.length, "step")} landed late, and the newer command painted over all of them.`,
    ...waitText(trace),
  ].join(" ");
}

function possessive(node: string): string {
  return node === "president" ? "the president's" : `${node}'s`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function shout({ shirt }: Command): string {
  return shirt.toUpperCase();
}
