/** What an exercise sees of a broker: as in the chapter on RabbitMQ, but with chans. */
import type { RecvChan } from "@shirts/chan";

/** A message in the hands of a consumer. It is settled once: by an ack or by a nack. */
export interface Message {
  readonly body: string;
  /** True when the broker has delivered it before. */
  readonly redelivered: boolean;
  /** "Done, forget it." */
  ack(): void;
  /** "I could not do it": it goes back into the queue, and comes again. */
  nack(): void;
}

/** A fan-out exchange. It keeps nothing: it copies each message into the queues that are bound to it at that moment. */
export interface Exchange<T> {
  /**
   * Binds the queue of that name, which all who name it share; without a name, a new queue of your own. Resolves, when it is
   * bound, to what comes into the queue.
   */
  bind(queue?: string): Promise<RecvChan<T>>;
}
