/** What an event says, in a cell of a table: as short as it can be read. Where nothing is shorter, it is `describe`'s predicate. */
import { describe, type Piece } from "./describe.ts";
import type { TraceEvent } from "./trace.ts";

export function brief(event: TraceEvent): readonly Piece[] {
  switch (event.type) {
    case "prepared":
      return ["a new world"];
    case "told to end":
      return ["must end"];
    case "ready":
      return ["starts again"];
    case "commanded":
      return [event, "!"];
    case "sent again":
      return [event, " again"];
    case "delivered":
      return ["takes ", event, event.redelivered ? " again" : ""];
    case "painted":
      return [`${event.step + 1} in ${event.command.shirt.toUpperCase()}${event.stale ? " stale!" : ""}`];
    case "refused":
      return [`${event.step + 1} in ${event.command.shirt.toUpperCase()}?`];
    case "stopped":
      return ["stops ", event, ` at ${event.step}`];
    case "superseded":
      return ["drops ", event];
    case "ack dropped":
      return ["ack of ", event, " dropped"];
    case "cancel sent":
      return ["cancels"];
    case "cancel lost":
      return [event.reason];
    case "resumed":
      return ["wakes up"];
    case "verdict":
      return [{ area: event.verdict.area }, `: ${event.verdict.wrong} wrong, ${event.verdict.stale} stale`];
    case "crashed":
      return [`† ${event.reason}`];
    default:
      return describe(event).predicate;
  }
}
