/** From a message of the queue to a job of this world. A message that is no job throws, and amqp dead-letters it. */
import type { Delivery } from "@shirts/amqp";
import { type Area, areaName, type Job, type Report } from "@shirts/story";
import type { Table } from "@shirts/table";
import { decodeCommand } from "../messages.ts";

/** A job, and the way to the dead-letter queue. */
export interface DeliveredJob extends Job {
  /** Moves the message to the dead-letter queue, with the reason. Never rejects. */
  deadLetter(reason: string): Promise<void>;
}

/** A well-formed job that this world cannot do. The message is one line: what is wrong and what to do. */
export class HomelessJobError extends Error {
  override readonly name = "HomelessJobError";
}

/**
 * The areas that the world has now; undefined when it has none yet or has no tables: then nothing can be said about a
 * job. Never throws.
 */
export async function areasOf(table: Pick<Table, "revisions">): Promise<ReadonlySet<Area> | undefined> {
  // A node without a database learns it at the first step, in the words of that error.
  const revisions = await table.revisions().catch(() => undefined);
  return revisions?.size ? new Set(revisions.keys()) : undefined;
}

/**
 * Makes a job of a message, and reports it as delivered. Throws MalformedMessageError and HomelessJobError.
 *
 * Without the check of the area, the first step of such a job would end the node, the job would go back to the queue,
 * and the next node would die of it too.
 */
export function toJob(
  body: Uint8Array,
  delivery: Delivery,
  areas: ReadonlySet<Area> | undefined,
  report: Report,
): DeliveredJob {
  const command = decodeCommand(body);
  if (areas && !areas.has(command.area))
    throw new HomelessJobError(
      `nobody lives in ${areaName(command.area)}: this world was prepared without it. Was it prepared again? Then start the node again, and publish the message again`,
    );
  report({ type: "delivered", command, redelivered: delivery.redelivered });
  let acked = false;
  return {
    command,
    redelivered: delivery.redelivered,
    ack() {
      if (acked) return;
      acked = true;
      report({ type: delivery.ack() ? "acked" : "ack dropped", command });
    },
    deadLetter: (reason) => delivery.deadLetter(reason),
  };
}
