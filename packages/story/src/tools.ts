/**
 * What a worker is given. A worker is a loop over chans: it imports no AMQP, no SQL, no clock and no console, so the
 * same file runs in a node process on RabbitMQ, on the embedded broker, in the simulator and in a browser.
 */
import type { RecvChan } from "@shirts/chan";
import type { Cancel, Command, Job } from "./command.ts";
import type { Report } from "./trace.ts";

/** Enough for a worker that works alone (v1). */
export interface Tools {
  /** The jobs of the queue, in its order. Closed when this node is to take no more. */
  readonly jobs: RecvChan<Job>;
  /** How many steps a job has; each paints the same share of the area's people. */
  readonly steps: number;
  /** The time that one step takes to walk: a chan that is ready when it is over. */
  pace(): RecvChan<unknown>;
  /** Paints the people of one step (from 0) in the command's shirt. Resolves when the table has it. */
  paint(command: Command, step: number): Promise<unknown>;
  /** Tells what the worker decides: stopped, superseded. What it does through its tools, the tools report. */
  readonly report: Report;
}

/** Enough for a worker that can tell the others to stop (v2, v3). */
export interface ClusterTools extends Tools {
  /** This worker's name in cancels: the name of its own cancel queue, as in the talk. */
  readonly consumerId: string;
  /** Everybody's cancels, this worker's own among them. */
  readonly cancels: RecvChan<Cancel>;
  /** Sends a cancel to every node. Does not block, and does not wait until anybody has it. */
  broadcast(cancel: Cancel): void;
}

/** Enough for a worker whose every step the table may refuse (v4). */
export interface FencedTools extends ClusterTools {
  /** The step to begin with: 0, or the first one that an earlier delivery of this command did not finish. */
  resume(command: Command): Promise<number>;
  /** Like `paint`, but only while no newer command is accepted for the area. Resolves to false when the fence refused the step. */
  paint(command: Command, step: number): Promise<boolean>;
}
