/** Trace events from other processes and from files: each is a line of JSON. */
import { z } from "zod";
import { colours, shirts } from "./shirt.ts";
import type { TraceEvent } from "./trace.ts";
import { areaShape, commandShape, parseJson, revisionShape, worldShape } from "./validate.ts";

/** One line of a trace: an event that another process reported. Throws MalformedMessageError. */
export function decodeTraceEvent(line: string): TraceEvent {
  return parseJson(eventShape, line);
}

const command = z.object({ command: commandShape });
const step = command.extend({ step: z.int().nonnegative() });
const cancel = z.object({
  cancel: z.object({
    area: areaShape,
    consumerId: z.string(),
    revision: revisionShape.optional(),
    world: worldShape.optional(),
  }),
});
const reason = z.object({ reason: z.string() });
const count = z.int().nonnegative();
/** The table's count of one area. */
export const verdictShape = z.object({
  area: areaShape,
  people: count,
  commanded: z.enum(colours).optional(),
  revision: count,
  wearing: z.partialRecord(z.enum(shirts), count),
  wrong: count,
  stale: count,
  refused: count,
});
const verdict = z.object({ verdict: verdictShape });
const bodies = {
  prepared: z.object({}),
  ready: z.object({}),
  commanded: command,
  "sent again": command,
  delivered: command.extend({ redelivered: z.boolean() }),
  rejected: command.extend(reason.shape),
  painted: step.extend({ stale: z.boolean().optional() }),
  refused: step,
  "cancel sent": cancel,
  "cancel received": cancel,
  "cancel lost": cancel.extend(reason.shape),
  "cancel dropped": cancel.extend(reason.shape),
  stopped: step,
  superseded: command,
  acked: command,
  "ack dropped": command,
  "dead-lettered": reason.extend({ queue: z.string() }),
  disconnected: reason,
  reconnected: z.object({}),
  blocked: reason,
  unblocked: z.object({}),
  failed: reason,
  verdict,
  paused: z.object({}),
  resumed: z.object({}),
  "told to end": z.object({}),
  crashed: reason,
} satisfies Record<TraceEvent["type"], z.ZodObject>;

/** One shape for each type, so that an error names the field and not 26 alternatives. */
const eventShape = z.discriminatedUnion(
  "type",
  Object.entries(bodies).map(([type, body]) =>
    body.extend({ type: z.literal(type), node: z.string().min(1), at: z.number() }),
  ) as unknown as [z.ZodObject<{ type: z.ZodLiteral<string> }>],
) as unknown as z.ZodType<TraceEvent>;
