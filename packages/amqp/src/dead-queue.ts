/** The dead-letter queue of a queue: nobody stops working because it cannot be declared. */
import type { Channel } from "amqplib";
import { assertDeadQueue, deadQueue, type QueueOptions } from "./declare.ts";
import { refused } from "./errors.ts";
import type { Session } from "./session.ts";
import { tell } from "./wait.ts";

/** AMQP's PRECONDITION_FAILED: it is there, with other arguments. */
const DIFFERENT = 406;

export class DeadQueue {
  #session: Session;
  #queue: string;
  #options: QueueOptions;

  constructor(session: Session, queue: string, options: QueueOptions) {
    this.#session = session;
    this.#queue = queue;
    this.#options = options;
  }

  /**
   * Declares it, on an AMQP channel of its own: a refusal is not to close the consumer's. Never rejects. False when it may
   * not be there, which is told as a trouble while somebody wants it. One that was declared otherwise, as a classic one
   * of an older version, takes the messages as well: that is told once, and it is used as it is.
   */
  async declare(
    onItsOwn: (work: (amqpChannel: Channel) => Promise<void>) => Promise<void>,
    isWanted: () => boolean = () => true,
  ): Promise<boolean> {
    const { link, onOver, onTrouble } = this.#session;
    try {
      await onItsOwn((amqpChannel) => assertDeadQueue(amqpChannel, link, this.#queue, this.#options));
      onOver(this);
      return true;
    } catch (error) {
      if (!isWanted()) return false;
      const name = `queue "${deadQueue(this.#queue)}"`;
      const { message, code } = refused(link.address, name, error);
      const isThere = code === DIFFERENT;
      const until = isThere
        ? "It is used as it is."
        : "What the broker itself puts aside may be lost until then.";
      tell(onTrouble, this, `${message} ${until}`);
      return isThere;
    }
  }
}
