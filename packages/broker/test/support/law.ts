/** A law of AMQP as RabbitMQ 3.10 keeps it: a session to run on a broker, and its expected transcript. */
import type { Sandbox } from "./sandbox.ts";

export interface Law {
  readonly title: string;
  readonly run: (sandbox: Sandbox) => Promise<readonly string[]>;
  readonly expected: readonly string[];
}

export function law(title: string, run: Law["run"], expected: readonly string[]): Law {
  return { title, run, expected };
}
