/** Claims: names that only one connection has at a time; the broker gives them back when that connection ends, however it ends. */
import type { Channel } from "amqplib";
import { AmqpError } from "./errors.ts";
import type { Link } from "./link.ts";

/** AMQP's RESOURCE_LOCKED: the exclusive queue of another connection. */
const LOCKED = 405;

export class Claims {
  #link: Link;
  /** Names that were ours once. The link claims them again on every connection, and tells when somebody else has one. */
  #names = new Set<string>();

  constructor(link: Link) {
    this.#link = link;
  }

  /** Resolves with false when another connection has the name now. Throws AmqpError for everything else that goes wrong. */
  async claim(name: string): Promise<boolean> {
    const what = `claim "${name}"`;
    const declare = async (amqpChannel: Channel): Promise<void> => {
      await amqpChannel.assertQueue(name, { exclusive: true, durable: false });
    };
    try {
      if (this.#names.has(name)) await this.#link.scratch(what, declare);
      else
        await this.#link.stand(what, {
          create: (model) => model.createChannel(),
          dress: declare,
          lost: () => {},
        });
      this.#names.add(name);
      return true;
    } catch (error) {
      if (error instanceof AmqpError && error.code === LOCKED) return false;
      throw error;
    }
  }
}
