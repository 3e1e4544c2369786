/**
 * Commands and cancels as bytes. The fields of the cancel message are the talk's own: `command` is the area,
 * `consumer_name` the sender. Everything that comes in is checked; what does not fit throws one line that says why.
 */
import {
  areaShape,
  type Cancel,
  type Command,
  commandShape,
  MalformedMessageError,
  parseJson,
  revisionShape,
  worldShape,
} from "@shirts/story";
import { z } from "zod";

/** The wire always names the world: a message without it could be of any. */
const jobShape = commandShape.extend({ world: worldShape });
const cancelShape = z.object({
  command: areaShape,
  consumer_name: z.string().min(1),
  revision: revisionShape.optional(),
  world: worldShape,
});

const utf8 = new TextEncoder();

export function encodeCommand({ area, shirt, revision, world }: Command): Uint8Array {
  return utf8.encode(JSON.stringify({ area, shirt, revision, world }));
}

/** Throws MalformedMessageError. */
export function decodeCommand(body: Uint8Array): Command {
  return parse(jobShape, body);
}

export function encodeCancel({ area, consumerId, revision, world }: Cancel): Uint8Array {
  return utf8.encode(JSON.stringify({ command: area, consumer_name: consumerId, revision, world }));
}

/** Throws MalformedMessageError. */
export function decodeCancel(body: Uint8Array): Cancel {
  const { command, consumer_name, revision, world } = parse(cancelShape, body);
  return { area: command, consumerId: consumer_name, world, ...(revision !== undefined && { revision }) };
}

function parse<T>(shape: z.ZodType<T>, body: Uint8Array): T {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new MalformedMessageError("the body is not JSON");
  }
  return parseJson(shape, text);
}
