/** A law of AMQP as RabbitMQ 3.10 keeps it: something to play on a broker, and what must be heard. */
import type { Stage } from "./stage.ts";

export interface Law {
  readonly title: string;
  readonly play: (stage: Stage) => Promise<readonly string[]>;
  readonly expected: readonly string[];
}

export function law(title: string, play: Law["play"], expected: readonly string[]): Law {
  return { title, play, expected };
}
