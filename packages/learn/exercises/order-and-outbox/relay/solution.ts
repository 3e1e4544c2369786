/** First the broker, then the note. When it dies in between, the job comes twice: at least once, never not at all. */
import type { Command } from "@shirts/story";

export interface Outbox {
  /** The commands that nobody has confirmed yet, the oldest first. */
  unconfirmed(): Promise<readonly Command[]>;
  /** Resolves when the broker has the job; rejects when it does not take it now. */
  publish(command: Command): Promise<void>;
  /** Notes in the table that the broker has it. */
  confirm(command: Command): Promise<void>;
}

/** Sends everything that is owed. Throws what `publish` throws: the next round tries again. */
export async function relay({ unconfirmed, publish, confirm }: Outbox): Promise<void> {
  for (const command of await unconfirmed()) {
    await publish(command);
    await confirm(command);
  }
}
