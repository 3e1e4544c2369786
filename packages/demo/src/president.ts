/** The president: accepts a command in the table, then publishes it as a job. */
import type { Rabbit } from "@shirts/amqp";
import { type Area, type Command, type Dye, encodeCancel, encodeCommand } from "@shirts/story";
import type { World } from "@shirts/world";
import type { Stage } from "./flags.ts";

export const CANCEL_EXCHANGE = "fanout_cancel";

/** The durable queue of a stage's jobs; the names are the talk's. */
export function jobQueue(stage: Stage): string {
  return `${stage}_jobs`;
}

/**
 * Commands `shirt` for everybody in `area`. The command counts from the moment the table has it (its revision is then
 * the newest); it resolves when the broker has confirmed the job. In v4 the president announces it to all nodes, too.
 */
export async function command(
  { rabbit, world }: { rabbit: Rabbit; world: World },
  stage: Stage,
  area: Area,
  shirt: Dye,
  onAccepted: (command: Command) => void,
): Promise<Command> {
  const order = await world.command(area, shirt);
  onAccepted(order);
  if (stage === "v4") {
    const { revision } = order;
    await rabbit.broadcast(CANCEL_EXCHANGE, encodeCancel({ area, consumerId: "president", revision }));
  }
  await rabbit.publish(jobQueue(stage), encodeCommand(order));
  await world.confirm(order);
  return order;
}
