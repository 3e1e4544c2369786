/**
 * What a trace knows about stale steps: the table's count, the steps that say it themselves, and the ones that may be it.
 *
 * A fenced step does not know whether it was stale. That it was reported after the newer command is no proof: a report
 * takes its time, and a frozen node tells of a step when it wakes up. But a step begins after the report of the step before
 * it. If that one, too, comes after the newer command, on the one clock of the machine where all of them ran, the step
 * is stale for sure. The rest only the table can count, and it does, in its verdict.
 */
import type { Area } from "./area.ts";
import type { Command } from "./command.ts";
import type { TraceEvent } from "./trace.ts";

export type Painted = TraceEvent & { readonly type: "painted" };

/** A step of an overtaken command, with the newest command that was accepted before its report. */
export interface LateStep {
  readonly event: Painted;
  readonly newer: Command;
  /** When the newer command was reported. */
  readonly acceptedAt: number;
  /** It began after the newer command was accepted. */
  readonly isSure: boolean;
}

export interface StaleSteps {
  /** What the table counted in this area; undefined where the trace has no verdict of it. */
  readonly counted: number | undefined;
  /** They say it themselves. */
  readonly known: readonly LateStep[];
  /** Reported after the newer command by a node that does not know: stale for sure, or perhaps. */
  readonly possible: readonly LateStep[];
}

/** The stale steps of `area`, in the order of the trace. */
export function staleSteps(trace: readonly TraceEvent[], area: Area): StaleSteps {
  const known: LateStep[] = [];
  const possible: LateStep[] = [];
  let counted: number | undefined;
  /** When each walk reported last: its step before this one, or its delivery. */
  const reportedAt = new Map<string, number>();
  let newest: { readonly command: Command; readonly at: number } | undefined;
  for (const event of trace) {
    if (event.type === "verdict" && event.verdict.area === area) counted = event.verdict.stale;
    if (!("command" in event) || event.command.area !== area) continue;
    if (event.type === "commanded" && event.command.revision > (newest?.command.revision ?? 0))
      newest = { command: event.command, at: event.at };
    const walk = `${event.node} ${event.command.revision}`;
    const beforeAt = reportedAt.get(walk) ?? Number.NEGATIVE_INFINITY;
    if (event.type === "painted" || event.type === "delivered") reportedAt.set(walk, event.at);
    if (event.type !== "painted" || !newest || event.command.revision >= newest.command.revision) continue;
    const late = { event, newer: newest.command, acceptedAt: newest.at, isSure: beforeAt > newest.at };
    if (event.stale) known.push(late);
    else if (event.stale === undefined) possible.push(late);
  }
  return { counted, known, possible };
}
