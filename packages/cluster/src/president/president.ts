/** The president: accepts a command in the table, then publishes it as a job. */
import type { Rabbit } from "@shirts/amqp";
import { type Area, type Colour, type Command, type Report, STAGES, type Stage } from "@shirts/story";
import type { Table } from "@shirts/table";
import { explain } from "../advice.ts";
import { encodeCancel, encodeCommand } from "../messages.ts";

/** Declares the stage's job queue as its nodes do. Resolves with its name. */
export async function declareJobs(rabbit: Pick<Rabbit, "declareQueue">, stage: Stage): Promise<string> {
  const { queue, type } = STAGES[stage].jobs;
  await rabbit.declareQueue(queue, { type });
  return queue;
}

/** What the president works with. */
export interface Dependencies {
  readonly rabbit: Pick<Rabbit, "publish" | "broadcast">;
  readonly table: Pick<Table, "command" | "confirm" | "unconfirmed" | "unfinished">;
  /** Told when an announcement is lost. */
  readonly report?: Report;
}

/** What is needed to send a command that the table has. */
interface Sending extends Omit<Dependencies, "table"> {
  readonly table: Pick<Table, "confirm">;
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
  dependencies: Dependencies,
  stage: Stage,
  area: Area,
  shirt: Colour,
  onAccepted: (command: Command) => void,
): Promise<Command> {
  const order = await dependencies.table.command(area, shirt, stage);
  onAccepted(order);
  await send(dependencies, stage, order);
  return order;
}

export interface Missed {
  /**
   * Each area's newest command, too, when it is confirmed and not all its steps have landed: its queue may have given the
   * job up. Only in v4, where a second copy does no harm.
   */
  readonly unfinished?: boolean;
}

/** The stage's commands that the broker may not have, oldest first. */
export async function missed(
  { table }: Pick<Dependencies, "table">,
  stage: Stage,
  { unfinished = false }: Missed = {},
): Promise<Command[]> {
  const orders = await table.unconfirmed(stage);
  if (!unfinished || stage !== "v4") return orders;
  const isNew = ({ area, revision }: Command) =>
    !orders.some((order) => order.area === area && order.revision === revision);
  return [...orders, ...(await table.unfinished(stage)).filter(isNew)];
}

/** What became of a command that was sent again. `failure` says in one line why the broker does not have it. */
export interface Resent {
  readonly order: Command;
  readonly failure?: string;
}

/**
 * Publishes commands again, in this order. All are on their way when it returns: one that cannot be sent holds up no other.
 * Resolves when the broker has confirmed or failed each. Never rejects.
 */
export function resend(dependencies: Sending, stage: Stage, orders: readonly Command[]): Promise<Resent[]> {
  return Promise.all(
    orders.map((order) =>
      send(dependencies, stage, order).then(
        () => ({ order }),
        (error) => ({ order, failure: explain(error) }),
      ),
    ),
  );
}

async function send({ rabbit, table, report }: Sending, stage: Stage, order: Command): Promise<void> {
  const announced = stage === "v4" ? announce(rabbit, report, order) : undefined;
  try {
    await rabbit.publish(STAGES[stage].jobs.queue, encodeCommand(order));
    await table.confirm(order);
  } finally {
    await announced;
  }
}

/** Never rejects: an announcement saves the nodes work, and the fence does not need it. */
async function announce(
  rabbit: Dependencies["rabbit"],
  report: Report | undefined,
  { area, revision, world }: Command,
): Promise<void> {
  const cancel = { area, consumerId: "president", revision, world };
  try {
    await rabbit.broadcast(STAGES.v4.cancels, encodeCancel(cancel));
  } catch (error) {
    report?.({ type: "cancel lost", cancel, reason: explain(error) });
  }
}
