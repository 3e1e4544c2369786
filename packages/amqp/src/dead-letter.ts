/**
 * Dead letters: a message that no worker can do goes to a queue where people can look at it.
 *
 * The dead-letter queue is made when it is needed, or together with its queue. When it cannot be declared, nothing stops.
 */
import type { Channel, ConsumeMessage } from "amqplib";
import { AmqpError, refused } from "./errors.ts";
import type { Message } from "./outgoing.ts";
import type { ConnectionSupervisor } from "./supervisor.ts";
import { deadLetterQueue, declareDeadLetterQueue, type QueueOptions } from "./topology.ts";

/** A message that was dead-lettered. */
export interface DeadLetter {
  /** The queue or exchange that it came from. */
  readonly queue: string;
  /** What is wrong with it: the message of what `decode` threw, or the reason that `deadLetter` was given. */
  readonly reason: string;
}

/** A frame has an end, and an error's text may hold the whole message. */
const REASON_BYTES = 1_024;

/** AMQP's PRECONDITION_FAILED: the queue exists with other arguments. */
const PRECONDITION_FAILED = 406;

export class DeadLetters {
  #supervisor: ConnectionSupervisor;
  #send: (message: Message) => Promise<void>;
  #onDeadLetter: (letter: DeadLetter) => void;

  constructor(
    supervisor: ConnectionSupervisor,
    send: (message: Message) => Promise<void>,
    onDeadLetter: (letter: DeadLetter) => void,
  ) {
    this.#supervisor = supervisor;
    this.#send = send;
    this.#onDeadLetter = onDeadLetter;
  }

  /** Reports that a message is safe in its dead-letter queue. */
  report(source: string, reason: string): void {
    this.#onDeadLetter({ queue: source, reason });
  }

  /**
   * Publishes the message to `SOURCE_dead`, with its origin and the reason in its headers. Resolves when that is
   * confirmed; only then may the original be acked. `options` are those of the source, if it is a queue. Throws AmqpError.
   */
  async publish(
    source: string,
    { content, fields }: ConsumeMessage,
    reason: string,
    options: QueueOptions = {},
  ): Promise<void> {
    const key = deadLetterQueue(source);
    const headers = {
      "x-reason": shortened(reason),
      "x-source": source,
      "x-source-exchange": fields.exchange,
      "x-source-routing-key": fields.routingKey,
      "x-source-redelivered": fields.redelivered,
    };
    const message = { exchange: "", key, body: content, isMandatory: true, headers };
    try {
      await this.#send(message);
    } catch (error) {
      if (!(error instanceof AmqpError) || error.kind !== "unroutable") throw error;
      // The queue is made when it is needed: most systems never see a malformed message.
      await this.#supervisor.withAmqpChannel(`queue "${key}"`, (amqpChannel) =>
        declareDeadLetterQueue(amqpChannel, source, options),
      );
      await this.#send(message);
    }
  }

  /**
   * Declares the dead-letter queue of `queue`, on an AMQP channel of its own: a refusal must not close the consumer's.
   * Throws AmqpError when the queue may not be there. One that was declared otherwise, as a classic one of an older
   * version, takes the messages as well: that is reported once, under `source`, and it is used as it is.
   */
  async declareQueue(
    queue: string,
    options: QueueOptions,
    source: object,
    withOwnChannel: (work: (amqpChannel: Channel) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    try {
      await withOwnChannel((amqpChannel) => declareDeadLetterQueue(amqpChannel, queue, options));
      this.#supervisor.recovered(source);
    } catch (error) {
      const what = `queue "${deadLetterQueue(queue)}"`;
      const { kind, message, code } = refused(this.#supervisor.address, what, error);
      const isThere = code === PRECONDITION_FAILED;
      const effect = isThere
        ? "It is used as it is."
        : "What the broker itself dead-letters may be lost until then.";
      const told = new AmqpError(kind, `${message} ${effect}`, code);
      if (!isThere) throw told;
      this.#supervisor.failed(source, told);
    }
  }
}

/** The text, or as much of its beginning as fits. Never half a character. */
function shortened(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= REASON_BYTES) return text;
  return `${new TextDecoder().decode(bytes.subarray(0, REASON_BYTES), { stream: true })} ...`;
}
