/** What to do with a message that nobody can read: put it where people can look at it, and go on. */
import type { ConsumeMessage } from "amqplib";
import { assertDeadQueue, deadQueue, type QueueOptions } from "./declare.ts";
import { UnroutableError } from "./letter.ts";
import type { Link } from "./link.ts";
import type { Publisher } from "./publish.ts";

/** A message that was put aside. */
export interface DeadLetter {
  /** The queue or exchange that it came from. */
  readonly queue: string;
  /** What is wrong with it: the message of what `decode` threw. */
  readonly reason: string;
}

/** A frame has an end, and whoever throws may put the whole message into its text. */
const REASON_BYTES = 1_024;

/**
 * Publishes the message to `SOURCE_dead`, with its origin and the reason in its headers. Resolves when that is
 * confirmed; only then may the original be acked. `options` are those of the source, if it is a queue. Throws AmqpError.
 */
export async function putAside(
  { link, publisher }: { link: Link; publisher: Publisher },
  source: string,
  message: ConsumeMessage,
  reason: string,
  options: QueueOptions = {},
): Promise<void> {
  const key = deadQueue(source);
  const { exchange, routingKey, redelivered } = message.fields;
  const headers = {
    "x-reason": shortened(reason),
    "x-source": source,
    "x-source-exchange": exchange,
    "x-source-routing-key": routingKey,
    "x-source-redelivered": redelivered,
  };
  const letter = { exchange: "", key, body: message.content, isJob: true, headers };
  try {
    await publisher.send(letter);
  } catch (error) {
    if (!(error instanceof UnroutableError)) throw error;
    // Made when it is needed: most systems never see a malformed message.
    await link.scratch(`queue "${key}"`, (amqpChannel) =>
      assertDeadQueue(amqpChannel, link, source, options),
    );
    await publisher.send(letter);
  }
}

/** The text, or as much of its beginning as fits. Never half a character. */
function shortened(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= REASON_BYTES) return text;
  return `${new TextDecoder().decode(bytes.subarray(0, REASON_BYTES), { stream: true })} ...`;
}
