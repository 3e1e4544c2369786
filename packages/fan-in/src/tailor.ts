/**
 * The tailor's messages and tools. A job is one shirt to sew; the state is the colour that the president wants today.
 * A worker sees chans and functions only, so a test hands it plain chans and a program hands it AMQP and SQL.
 */
import { after, type RecvChan, receiving, select } from "@shirts/chan";
import { type Colour, colours } from "@shirts/story";
import { z } from "zod";

/** The president's colour. `revision` rises by one each time he changes his mind. */
export interface State {
  readonly shirt: Colour;
  readonly revision: number;
}

/** One shirt to sew. It does not name a colour: the state does. */
export interface Job {
  readonly number: number;
  /** Tells the broker that the job is done. */
  ack(): void;
}

/** A finished shirt, and the state in which it was dyed. */
export interface Result extends State {
  readonly number: number;
}

export interface Tools {
  /** Closed when no more shirts are to be sewn. */
  readonly jobs: RecvChan<Job>;
  /** Reads the state in the table as it is now. */
  readState(): Promise<State>;
  /** The long work: resolves when the shirt is sewn, or as soon as `stop` is closed. */
  sew(job: Job, stop?: RecvChan<never>): Promise<void>;
  /** Puts a result into the outgoing queue. Resolves when the broker has it. */
  deliver(result: Result): Promise<void>;
}

/** What sewing is here: it takes `ms`, and ends at once when `stop` is closed. */
export async function sewing(ms: number, stop?: RecvChan<never>): Promise<void> {
  await select({ stop: stop && receiving(stop), sewn: receiving(after(ms)) });
}

const stateShape = z.object({ shirt: z.enum(colours), revision: z.int().positive() });
const resultShape = stateShape.extend({ number: z.int().positive() });
const jobShape = z.object({ number: z.int().positive() });

export function encode(message: State | Result | Pick<Job, "number">): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(message));
}

function decode<T>(shape: z.ZodType<T>, body: Uint8Array): T {
  return shape.parse(JSON.parse(new TextDecoder().decode(body)));
}
export const decodeState = (body: Uint8Array): State => decode(stateShape, body);
export const decodeResult = (body: Uint8Array): Result => decode(resultShape, body);
export const decodeJob = (body: Uint8Array): Pick<Job, "number"> => decode(jobShape, body);
