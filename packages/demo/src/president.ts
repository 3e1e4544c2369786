/** The president: accepts a command in the table, then publishes it as a job. */
import type { QueueOptions, Rabbit } from "@shirts/amqp";
import { type Area, type Command, type Dye, encodeCancel, encodeCommand } from "@shirts/story";
import type { World } from "@shirts/world";
import type { Stage } from "./flags.ts";

export const CANCEL_EXCHANGE = "fanout_cancel";

/** The durable queue of a stage's jobs; the names are the talk's. */
export function jobQueue(stage: Stage): string {
  return `${stage}_jobs`;
}

/**
 * What that queue is, for all who declare it. v4's is a quorum queue: it outlives a broker of a cluster, and it puts a job
 * aside that came back twenty times, so a job that kills its workers does not kill them all.
 */
export function jobQueueOptions(stage: Stage): QueueOptions {
  return { type: stage === "v4" ? "quorum" : "classic" };
}

/** Declares the stage's job queue as its workers do. Resolves with its name. */
export async function declareJobs(rabbit: Pick<Rabbit, "declareQueue">, stage: Stage): Promise<string> {
  const queue = jobQueue(stage);
  await rabbit.declareQueue(queue, jobQueueOptions(stage));
  return queue;
}

/** What the president works with. */
export interface Office {
  readonly rabbit: Pick<Rabbit, "publish" | "broadcast">;
  readonly world: Pick<World, "command" | "confirm" | "unconfirmed">;
}

/**
 * Commands `shirt` for everybody in `area`. The command counts from the moment the table has it (its revision is then
 * the newest); it resolves when the broker has confirmed the job. In v4 the president announces it to all nodes, too.
 *
 * The row in the table is the truth (the pattern is called an outbox): a president who dies between the two leaves a
 * command that is accepted and not confirmed, and `resend` publishes it.
 */
export async function command(
  office: Office,
  stage: Stage,
  area: Area,
  shirt: Dye,
  onAccepted: (command: Command) => void,
): Promise<Command> {
  const order = await office.world.command(area, shirt);
  onAccepted(order);
  await send(office, stage, order);
  return order;
}

/** Publishes what was accepted and never confirmed, oldest first. Resolves with these commands. */
export async function resend(office: Office, stage: Stage): Promise<Command[]> {
  const missed = await office.world.unconfirmed();
  for (const order of missed) await send(office, stage, order);
  return missed;
}

async function send({ rabbit, world }: Office, stage: Stage, order: Command): Promise<void> {
  if (stage === "v4") {
    const { area, revision } = order;
    await rabbit.broadcast(CANCEL_EXCHANGE, encodeCancel({ area, consumerId: "president", revision }));
  }
  await rabbit.publish(jobQueue(stage), encodeCommand(order));
  await world.confirm(order);
}
