/**
 * Spot the mistake. The president publishes the job, and then writes the row. A worker is faster: it has the job, asks the table, and
 * the table knows nothing of it. n8n had it: github.com/n8n-io/n8n/issues/24050.
 */
import type { Area, Colour, Command } from "@shirts/story";

export interface Desk {
  /** The newest revision in the table. */
  newest(area: Area): Promise<number>;
  /** Writes the next command into the table. Resolves when the row is committed: then it is accepted. */
  accept(area: Area, shirt: Colour): Promise<Command>;
  /** Puts the job into the queue. Resolves when the broker has confirmed it. A worker may take it at once. */
  publish(command: Command): Promise<void>;
}

/** Gives a command. Resolves with it when it is accepted and published. */
export async function give({ newest, accept, publish }: Desk, area: Area, shirt: Colour): Promise<Command> {
  const revision = (await newest(area)) + 1;
  await publish({ area, shirt, revision });
  return await accept(area, shirt);
}
