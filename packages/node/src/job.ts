/** From a message of the queue to a job of this world. What is no job throws, and amqp dead-letters the message. */
import type { Delivery } from "@shirts/amqp";
import { type Area, areaName, decodeCommand, type Job, type Report } from "@shirts/story";
import type { World } from "@shirts/world";

/** A well-formed job that this world cannot do. The message is one line: what is wrong and what to do. */
export class HomelessJobError extends Error {
  override readonly name = "HomelessJobError";
}

/**
 * The areas that the world has now; undefined when it has none yet or has no tables: then nothing can be said about a
 * job. Never throws.
 */
export async function areasOf(world: Pick<World, "revisions">): Promise<ReadonlySet<Area> | undefined> {
  // Whoever has no database learns it at the first step, in the words of that error.
  const revisions = await world.revisions().catch(() => undefined);
  return revisions?.size ? new Set(revisions.keys()) : undefined;
}

/**
 * Makes a job of a message, and tells it. Throws MalformedMessageError and HomelessJobError.
 *
 * Without the check of the area, the first step of such a job would end the node, the job would go back to the queue,
 * and the next node would die of it too.
 */
export function toJob(
  body: Uint8Array,
  delivery: Delivery,
  areas: ReadonlySet<Area> | undefined,
  report: Report,
): Job {
  const job = readJob(body, delivery, areas, report);
  tellDelivered(job, report);
  return job;
}

/** Like `toJob`, and tells nothing yet: somebody still has to look at the job. */
export function readJob(
  body: Uint8Array,
  delivery: Delivery,
  areas: ReadonlySet<Area> | undefined,
  report: Report,
): Job {
  const command = decodeCommand(body);
  if (areas && !areas.has(command.area))
    throw new HomelessJobError(
      `nobody lives in ${areaName(command.area)}: this world was prepared without it. Was it prepared anew? Then start the node again, and publish the message again`,
    );
  let acked = false;
  return {
    command,
    redelivered: delivery.redelivered,
    ack() {
      if (acked) return;
      acked = true;
      report({ type: delivery.ack() ? "acked" : "ack dropped", command });
    },
  };
}

export function tellDelivered({ command, redelivered }: Job, report: Report): void {
  report({ type: "delivered", command, redelivered });
}
