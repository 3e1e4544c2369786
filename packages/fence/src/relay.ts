/** The way out of the outbox. A message is published first and forgotten afterwards, so none is lost between the two. */
import { ask, type Client } from "./client.ts";
import { FenceError } from "./errors.ts";
import type { statements } from "./sql.ts";

/** A message of the outbox, with the revision that `accept` gave it. */
export interface Message {
  /** The key that was accepted. */
  readonly key: string;
  /** Its revision: send it along, since whoever writes needs it. */
  readonly revision: number;
  /** What was given to `accept`. */
  readonly message: unknown;
}

/** Gives a message to a broker. Resolves when the broker has *confirmed* it, and not when it was sent. */
export type Publish = (message: Message) => Promise<unknown>;

/** See `Fence.relay`. */
export async function relay(
  client: Client,
  sql: ReturnType<typeof statements>,
  publish: Publish,
  limit: number,
): Promise<number> {
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new FenceError(`a relay publishes 1 message or more at a time, and this is ${limit}`);
  const rows = await ask<Message & { id: string }>(client, sql.waiting, [limit]);
  for (const { id, ...message } of rows) {
    await publish(message);
    await ask(client, sql.confirm, [id]);
  }
  return rows.length;
}
