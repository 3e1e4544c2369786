/** How long newer commands waited in the queue until a node took them. */
import type { Command } from "./command.ts";
import type { TraceEvent } from "./trace.ts";

/** Longer than any network takes: then no node was free. */
const LONG_MS = 200;

/** A sentence about the newer command that waited longest. Empty when no command was newer than another. */
export function waitText(trace: readonly TraceEvent[]): string[] {
  const waits = trace.flatMap((event, index) => {
    if (event.type !== "commanded" || event.command.revision === 1) return [];
    const taken = trace.find((one) => one.type === "delivered" && isSame(one.command, event.command));
    return taken ? [{ command: event.command, ms: taken.at - event.at, index }] : [];
  });
  const [longest] = waits.toSorted((a, b) => b.ms - a.ms);
  if (!longest) return [];
  const { command, ms, index } = longest;
  const seconds = `${(ms / 1000).toFixed(1)} s`;
  if (ms < LONG_MS) return waits.length > 1 ? ["Each newer command was taken at once."] : [];
  return [
    `${command.shirt.toUpperCase()} had waited ${seconds} for a free node${isUntold(trace, command, index) ? ", and until then nobody was told to stop" : ""}.`,
  ];
}

/** Cancels are sent in this story, and none came for this area while the command waited. */
function isUntold(trace: readonly TraceEvent[], command: Command, from: number): boolean {
  const until = trace.findIndex((event) => event.type === "delivered" && isSame(event.command, command));
  const isCancel = (event: TraceEvent) =>
    event.type === "cancel received" && event.cancel.area === command.area;
  return trace.some(({ type }) => type === "cancel sent") && !trace.slice(from, until).some(isCancel);
}

function isSame(one: Command, other: Command): boolean {
  return one.area === other.area && one.revision === other.revision;
}
