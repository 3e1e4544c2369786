/**
 * A law of AMQP as RabbitMQ keeps it: a session to run on a broker, and its expected transcript.
 *
 * RabbitMQ 3 and 4 keep some laws in two ways. Such a law also holds the older transcript, and one sentence that says what
 * differs. The embedded broker stands in for the newest RabbitMQ, so it must give the newer one.
 */
import type { Sandbox } from "./sandbox.ts";

/** What RabbitMQ 3 sends instead. */
export interface Older {
  /** One sentence for the table of differences: what RabbitMQ 4 does, and what RabbitMQ 3 does. */
  readonly differs: string;
  readonly lines: readonly string[];
}

export interface Law {
  readonly title: string;
  readonly run: (sandbox: Sandbox) => Promise<readonly string[]>;
  readonly expected: readonly string[];
  readonly older: Older | undefined;
}

export function law(title: string, run: Law["run"], expected: readonly string[], older?: Older): Law {
  return { title, run, expected, older };
}

/** What a RabbitMQ of this version must send. RabbitMQ 3 keeps the older way of a law that has two. */
export function expectedOf({ expected, older }: Law, version: string): readonly string[] {
  const major = Number(/^(\d+)\./.exec(version)?.[1] ?? Number.NaN);
  if (Number.isNaN(major)) throw new Error(`"${version}" is no version of RabbitMQ`);
  return older && major < 4 ? older.lines : expected;
}
