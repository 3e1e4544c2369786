/** The table first: it gives the revision, and from then on the command counts. Then the job. What is accepted and not published, a relay sends. */
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
export async function give({ accept, publish }: Desk, area: Area, shirt: Colour): Promise<Command> {
  const command = await accept(area, shirt);
  await publish(command);
  return command;
}
