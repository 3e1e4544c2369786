/** The messages of the story, and what a worker sees of them. */
import type { Area } from "./area.ts";
import type { Colour } from "./shirt.ts";

/**
 * The president's order: everybody in `area` wears `shirt`.
 *
 * `revision` rises by one per area with each command; the highest one is the newest. The workers of v1 to v3
 * carry it and ignore it, as the talk's do; the verdict and v4 use it.
 */
export interface Command {
  readonly area: Area;
  readonly shirt: Colour;
  readonly revision: number;
  /** The name of the world whose table accepted it. Revisions of two worlds say nothing about each other. */
  readonly world?: string | undefined;
}

/**
 * "Everybody else: stop working on `area`." Sent to all nodes over a fan-out exchange.
 *
 * `consumerId` names the sender, so that a node can ignore its own cancel. `revision` is the revision of the command
 * that made the sender cancel; only v4 looks at it.
 */
export interface Cancel {
  readonly area: Area;
  readonly consumerId: string;
  readonly revision?: number;
  /** The sender's world; nodes of another one drop the cancel. */
  readonly world?: string | undefined;
}

/** The delivery that carries a command. */
export interface Job {
  readonly command: Command;
  /** True when the broker has delivered this job before, and it was not acked. */
  readonly redelivered: boolean;
  /** Tells the broker that the job is over; the broker will not deliver it again. Never blocks; a second call does nothing. */
  ack(): void;
}
