/** claim: a name that only one connection has at a time; the broker gives it back when that connection ends, however it ends. */
import { AmqpError } from "./errors.ts";
import type { Link } from "./link.ts";

/** AMQP's RESOURCE_LOCKED: the exclusive queue of another connection. */
const LOCKED = 405;

/** Resolves with false when another connection has the name. Throws AmqpError for everything else that goes wrong. */
export async function claim(link: Link, name: string): Promise<boolean> {
  try {
    await link.scratch(`queue "${name}"`, (amqpChannel) =>
      amqpChannel.assertQueue(name, { exclusive: true, durable: false }),
    );
    return true;
  } catch (error) {
    if (error instanceof AmqpError && error.code === LOCKED) return false;
    throw error;
  }
}
