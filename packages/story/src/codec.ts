/**
 * Commands and cancels as bytes, trace events as lines of JSON. The fields of the cancel message are the talk's own: `command` is the area,
 * `consumer_name` the sender. Everything that comes in is checked; what does not fit throws one line that says why.
 */
import { z } from "zod";
import { areas } from "./area.ts";
import type { Cancel, Command } from "./command.ts";
import { dyes } from "./shirt.ts";
import type { TraceEvent } from "./trace.ts";

/** A message body that is not what it should be. The message is one line for people: which field, and what is wrong. */
export class MalformedMessageError extends Error {
  override readonly name = "MalformedMessageError";
}

/** More than the table's integer holds is malformed here: at the table it would be an error, and end one node after the other. */
const revision = z.int().positive().max(2_147_483_647);
const commandShape = z.object({ area: z.enum(areas), shirt: z.enum(dyes), revision });
const cancelShape = z.object({
  command: z.enum(areas),
  consumer_name: z.string().min(1),
  revision: revision.optional(),
});

const utf8 = new TextEncoder();

export function encodeCommand({ area, shirt, revision }: Command): Uint8Array {
  return utf8.encode(JSON.stringify({ area, shirt, revision }));
}

/** Throws MalformedMessageError. */
export function decodeCommand(body: Uint8Array): Command {
  return parse(commandShape, body);
}

export function encodeCancel({ area, consumerId, revision }: Cancel): Uint8Array {
  return utf8.encode(JSON.stringify({ command: area, consumer_name: consumerId, revision }));
}

/** Throws MalformedMessageError. */
export function decodeCancel(body: Uint8Array): Cancel {
  const { command, consumer_name, revision } = parse(cancelShape, body);
  return { area: command, consumerId: consumer_name, ...(revision !== undefined && { revision }) };
}

/** One line of a trace: an event that another process reported. Throws MalformedMessageError. */
export function decodeTraceEvent(line: string): TraceEvent {
  return parseText(eventShape, line);
}

const command = z.object({ command: commandShape });
const step = command.extend({ step: z.int().nonnegative() });
const cancel = z.object({
  cancel: z.object({ area: z.enum(areas), consumerId: z.string(), revision: revision.optional() }),
});
const reason = z.object({ reason: z.string() });
const bodies = {
  ready: z.object({}),
  commanded: command,
  "sent again": command,
  delivered: command.extend({ redelivered: z.boolean() }),
  rejected: command.extend(reason.shape),
  painted: step.extend({ stale: z.boolean() }),
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
  paused: z.object({}),
  resumed: z.object({}),
  crashed: reason,
} satisfies Record<TraceEvent["type"], z.ZodObject>;

/** One shape for each type, so that an error names the field and not 24 alternatives. */
const eventShape = z.discriminatedUnion(
  "type",
  Object.entries(bodies).map(([type, body]) =>
    body.extend({ type: z.literal(type), node: z.string().min(1), at: z.number() }),
  ) as unknown as [z.ZodObject<{ type: z.ZodLiteral<string> }>],
) as unknown as z.ZodType<TraceEvent>;

function parse<T>(shape: z.ZodType<T>, body: Uint8Array): T {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new MalformedMessageError("the body is not JSON");
  }
  return parseText(shape, text);
}

function parseText<T>(shape: z.ZodType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new MalformedMessageError("the body is not JSON");
  }
  const result = shape.safeParse(json);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const field = first?.path.join(".");
  throw new MalformedMessageError(
    `${field ? `field "${field}": ` : ""}${first?.message ?? "not a message of this story"}`,
  );
}
