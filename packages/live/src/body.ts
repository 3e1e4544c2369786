/** The body of an action: JSON, bounded, and checked before anybody sees it. */
import type { IncomingMessage } from "node:http";
import type { z } from "zod";

/** An action is a few words. */
export const BODY_MAX = 4096;

/** The request is to blame. The message is one line for people. */
export class BadRequestError extends Error {
  override readonly name = "BadRequestError";
  readonly status: 400 | 413 | 415;

  constructor(status: 400 | 413 | 415, message: string) {
    super(message);
    this.status = status;
  }
}

/** Reads what the shape says. Rejects with BadRequestError; no more than `BODY_MAX` bytes are kept. */
export async function readBody<T>(request: IncomingMessage, shape: z.ZodType<T>): Promise<T> {
  // A form of a foreign page can send text, and no JSON.
  if (!/^application\/json(;|$)/.test(request.headers["content-type"] ?? ""))
    throw new BadRequestError(415, "an action is JSON (content-type: application/json)");
  const chunks: Buffer[] = [];
  let size = 0;
  // The request must live until it is answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_MAX) throw new BadRequestError(413, `an action has at most ${BODY_MAX} bytes`);
    chunks.push(chunk);
  }
  let json: unknown;
  try {
    json = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new BadRequestError(400, "the action is not JSON");
  }
  const read = shape.safeParse(json);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  const field = first?.path.join(".");
  throw new BadRequestError(400, `${field ? `field "${field}": ` : ""}${first?.message ?? "no action"}`);
}
