/** Exchanges: the durable fan-out exchanges that we broadcast to, declared once and again on every connection. */
import type { Channel, ChannelModel } from "amqplib";
import type { Link } from "./link.ts";
import { onScratch } from "./scratch.ts";

export class Exchanges {
  #link: Link;
  #names = new Set<string>();

  constructor(link: Link) {
    this.#link = link;
  }

  /** Declares it if it is not known to be there. Throws AmqpError. */
  async declare(exchange: string): Promise<void> {
    if (this.#names.has(exchange)) return;
    await this.#link.scratch(`exchange "${exchange}"`, (amqpChannel) => assertFanout(amqpChannel, exchange));
    this.#names.add(exchange);
  }

  /** It may be gone: the next one who needs it declares it. */
  forget(exchange: string): void {
    this.#names.delete(exchange);
  }

  /** Declares all of them on a fresh connection: the broker may have lost its memory. Never rejects. */
  async restore(model: ChannelModel): Promise<void> {
    for (const exchange of this.#names) {
      // On an AMQP channel of its own: if somebody made it another kind of exchange, only its users should hear of it.
      await onScratch(model, (amqpChannel) => assertFanout(amqpChannel, exchange)).catch(() =>
        this.forget(exchange),
      );
    }
  }
}

async function assertFanout(amqpChannel: Channel, exchange: string): Promise<void> {
  await amqpChannel.assertExchange(exchange, "fanout", { durable: true });
}
