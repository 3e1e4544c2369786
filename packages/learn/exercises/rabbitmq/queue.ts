/** A queue of the judge: what RabbitMQ does with prefetch, ack, nack and a connection that ends, in memory and in fake time. */
import { type Chan, chan, type RecvChan } from "@shirts/chan";
import type { Message, Print } from "@shirts/learn";

interface Stored {
  readonly body: string;
  redelivered: boolean;
}

interface Consumer {
  readonly prefetch: number;
  readonly messages: Chan<Message>;
  /** Delivered, and neither acked nor given back. */
  readonly inHand: Set<Stored>;
}

export class Queue {
  readonly #ready: Stored[];
  #consumers: Consumer[] = [];
  readonly acked: string[] = [];
  /** The first message that was settled twice: RabbitMQ closes the AMQP channel then. */
  settledTwice: string | undefined;

  readonly #print: Print;

  /** A queue with these messages. It prints what it hears of them. */
  constructor(bodies: readonly string[], print: Print = () => {}) {
    this.#print = print;
    this.#ready = bodies.map((body) => ({ body, redelivered: false }));
  }

  /** Messages that nobody has acked. */
  get unsettled(): readonly string[] {
    const inHand = this.#consumers.flatMap((consumer) => [...consumer.inHand]);
    return [...inHand, ...this.#ready].map(({ body }) => body);
  }

  /** Adds a consumer. `end` ends its connection: what it has in hand goes back into the queue. */
  consume(prefetch: number): { readonly messages: RecvChan<Message>; readonly end: () => void } {
    const consumer: Consumer = { prefetch, messages: chan(prefetch), inHand: new Set() };
    this.#consumers.push(consumer);
    this.#deliver();
    const end = (): void => {
      this.#consumers = this.#consumers.filter((it) => it !== consumer);
      this.#putBack([...consumer.inHand]);
      consumer.inHand.clear();
      // What was delivered and not received is in the queue again; a dead process receives nothing.
      while (consumer.messages.len > 0) consumer.messages.tryRecv();
      consumer.messages.close();
      this.#deliver();
    };
    return { messages: consumer.messages, end };
  }

  #deliver(): void {
    for (;;) {
      const consumer = this.#consumers.find(({ inHand, prefetch }) => inHand.size < prefetch);
      const stored = consumer && this.#ready.shift();
      if (!stored) return;
      // The next message goes to the next consumer that has room.
      this.#consumers = [...this.#consumers.filter((it) => it !== consumer), consumer];
      consumer.inHand.add(stored);
      consumer.messages.trySend(this.#message(stored, consumer));
    }
  }

  #message(stored: Stored, consumer: Consumer): Message {
    const { body, redelivered } = stored;
    let isSettled = false;
    const settle = (then: () => void): void => {
      // The connection that brought it has ended: the broker hears nothing.
      if (!this.#consumers.includes(consumer)) return;
      if (isSettled) {
        this.settledTwice ??= body;
        throw new Error(
          `PRECONDITION_FAILED: ${body} was settled before, and the broker closes the AMQP channel`,
        );
      }
      isSettled = true;
      consumer.inHand.delete(stored);
      then();
      this.#deliver();
    };
    return {
      body,
      redelivered,
      ack: () =>
        settle(() => {
          this.acked.push(body);
          this.#print(`broker: ${body} is acked`);
        }),
      nack: () => settle(() => this.#putBack([stored])),
    };
  }

  #putBack(messages: readonly Stored[]): void {
    for (const message of messages) {
      message.redelivered = true;
      this.#print(`broker: ${message.body} is back in the queue`);
    }
    this.#ready.unshift(...messages);
  }
}
