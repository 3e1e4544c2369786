/** The president: accepts a command in the table, then publishes it as a job. */
import type { QueueOptions, Rabbit } from "@shirts/amqp";
import { explain } from "@shirts/node/advice";
import { type Area, type Command, type Dye, encodeCancel, encodeCommand, type Report } from "@shirts/story";
import type { World } from "@shirts/world";
import type { Stage } from "./flags.ts";

export const CANCEL_EXCHANGE = "fanout_cancel";

/** The durable queue of a stage's jobs; the names are the talk's. */
export function jobQueue(stage: Stage): string {
  return `${stage}_jobs`;
}

/**
 * What that queue is, for all who declare it. v4's is a quorum queue: it outlives a broker of a cluster, and it dead-letters
 * a job that came back twenty times, so a job that kills its workers does not kill them all.
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
  readonly world: Pick<World, "command" | "confirm" | "unconfirmed" | "unfinished">;
  /** Told when an announcement is lost. */
  readonly report?: Report;
}

/**
 * Commands `shirt` for everybody in `area`. The command counts from the moment the table has it (its revision is then
 * the newest); it resolves when the broker has confirmed the job, and throws when it has not. In v4 the president
 * announces it to all nodes, too; an announcement that is lost is reported, and the job goes its way.
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
  const order = await office.world.command(area, shirt, stage);
  onAccepted(order);
  await send(office, stage, order);
  return order;
}

export interface Missed {
  /** Only what waits for its confirm for so many milliseconds. Default 0: everything. */
  readonly forMs?: number;
  /**
   * Each area's newest command, too, when it is confirmed and not all its steps have landed: its queue may have given the
   * job up. Only in v4, where a second copy does no harm.
   */
  readonly unfinished?: boolean;
}

/** The stage's commands that the broker may not have, oldest first. */
export async function missed(
  { world }: Pick<Office, "world">,
  stage: Stage,
  { forMs = 0, unfinished = false }: Missed = {},
): Promise<Command[]> {
  const orders = await world.unconfirmed(stage, forMs);
  if (!unfinished || stage !== "v4") return orders;
  const isNew = ({ area, revision }: Command) =>
    !orders.some((order) => order.area === area && order.revision === revision);
  return [...orders, ...(await world.unfinished(stage)).filter(isNew)];
}

/** What became of a command that was sent again. `failure` says in one line why the broker does not have it. */
export interface Resent {
  readonly order: Command;
  readonly failure?: string;
}

/**
 * Publishes commands again, in this order. All are on their way when it returns: one that cannot be sent holds up nobody.
 * Resolves when the broker has confirmed or failed each. Never rejects.
 */
export function resend(office: Office, stage: Stage, orders: readonly Command[]): Promise<Resent[]> {
  return Promise.all(
    orders.map((order) =>
      send(office, stage, order).then(
        () => ({ order }),
        (error) => ({ order, failure: explain(error) }),
      ),
    ),
  );
}

async function send({ rabbit, world, report }: Office, stage: Stage, order: Command): Promise<void> {
  const announced = stage === "v4" ? announce(rabbit, report, order) : undefined;
  try {
    await rabbit.publish(jobQueue(stage), encodeCommand(order));
    await world.confirm(order);
  } finally {
    await announced;
  }
}

/** Never rejects: an announcement saves the nodes work, and the fence does not need it. */
async function announce(
  rabbit: Office["rabbit"],
  report: Report | undefined,
  { area, revision }: Command,
): Promise<void> {
  const cancel = { area, consumerId: "president", revision };
  try {
    await rabbit.broadcast(CANCEL_EXCHANGE, encodeCancel(cancel));
  } catch (error) {
    report?.({ type: "cancel lost", cancel, reason: explain(error) });
  }
}
