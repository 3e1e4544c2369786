/**
 * What a program can do with a broker: everything that is public, except for the values that `consume` and `subscribe`
 * return. In the examples `rabbit` is a `Rabbit` that `connect` returned, and `url` is its broker's address.
 */
import type { ConnectionStatus } from "./connection-status.ts";
import type { ConsumeOptions, Consumption } from "./consume.ts";
import type { DeadLetter } from "./dead-letter.ts";
import type { SubscribeOptions, Subscription } from "./subscribe.ts";
import type { Pauses } from "./timing.ts";
import type { QueueOptions } from "./topology.ts";

/** How `connect` behaves. Everything has a default. */
export interface ConnectOptions {
  /** The name of our connections on RabbitMQ's management page. */
  readonly name?: string;
  /** Called for every change after the first connection. Must not block. */
  readonly onStatus?: (status: ConnectionStatus) => void;
  /** Called once for each dead-lettered message, when it is safe in its dead-letter queue. Must not block. */
  readonly onDeadLetter?: (letter: DeadLetter) => void;
  /** How long the first connection is tried again when its first attempt fails, in milliseconds. Default 0: one attempt. */
  readonly retryFirstMs?: number;
  /** How long one attempt may take, in milliseconds. Default 10000. */
  readonly connectTimeoutMs?: number;
  /**
   * How long a message may wait for its confirm, a question for its answer, and `consume`, `subscribe` and `lock` for a
   * connection, in milliseconds; reconnects included. Default 30000.
   */
  readonly publishTimeoutMs?: number;
  /** The pauses between attempts to reconnect, in milliseconds. They double from `first` to `longest`. Default 100 and 5000. */
  readonly reconnectMs?: Pauses;
  /** How many messages may wait at once for their confirms. Default 10000. */
  readonly maxPending?: number;
  /** How many bytes the bodies of these messages may have together. Default 64 MiB. */
  readonly maxPendingBytes?: number;
}

/** What a broker says that it is: "RabbitMQ" and "4.3.6". Another AMQP broker has another product. */
export interface ServerName {
  /** The name of the program. */
  readonly product: string;
  /** The version of the program; "" when it says none. */
  readonly version: string;
}

/** A broker, seen as chans. Every promise that rejects does so with AmqpError, whose message is one line for people. */
export interface Rabbit {
  /** What the broker said that it is when we connected last. */
  readonly server: ServerName;
  /**
   * The jobs of a durable queue, which is declared if need be. Waits for a connection, for `publishTimeoutMs` at most.
   * Throws AmqpError, also when the queue exists with other options.
   *
   * @example
   * const decode = (body: Uint8Array, { ack }: Delivery) => ({ order: `${body}`, ack });
   * const { chan: jobs } = await rabbit.consume("jobs", { prefetch: 1, decode });
   * await rabbit.publish("jobs", Buffer.from("paint it blue"));
   * const [job] = await jobs.recv();
   * job?.order; // => "paint it blue"
   * job?.ack(); // => true
   */
  consume<T>(queue: string, options: ConsumeOptions<T>): Promise<Consumption<T>>;
  /**
   * Everything that is broadcast to a durable fan-out exchange from now on. The exchange is declared if need be. Waits for
   * a connection, for `publishTimeoutMs` at most. Throws AmqpError.
   *
   * @example
   * const { chan: cancels } = await rabbit.subscribe("cancels", { decode: (body) => `${body}` });
   * await rabbit.broadcast("cancels", Buffer.from("stop"));
   * await cancels.recv(); // => ["stop", true]
   */
  subscribe<T>(exchange: string, options: SubscribeOptions<T>): Promise<Subscription<T>>;
  /**
   * Puts a persistent message into a queue, which must exist. Resolves when the broker has stored it. Throws AmqpError, of
   * kind `unroutable` when there is no such queue. The message arrives at least once: a lost confirm means a second copy.
   *
   * @example
   * await rabbit.declareQueue("jobs");
   * await rabbit.publish("jobs", Buffer.from("paint it blue"));
   * (await rabbit.depth("jobs")).messages; // => 1
   */
  publish(queue: string, body: Uint8Array): Promise<void>;
  /**
   * Sends a message to every subscription that exists at this moment. Resolves when the broker has it, also when nobody
   * is subscribed. Throws AmqpError.
   *
   * @example
   * await rabbit.broadcast("cancels", Buffer.from("to nobody")); // => undefined
   */
  broadcast(exchange: string, body: Uint8Array): Promise<void>;
  /**
   * Declares a durable queue, and its dead-letter queue if it has one. Throws AmqpError when the queue exists with other
   * options. When the dead-letter queue cannot be declared, nothing is thrown, and `onStatus` reports it.
   *
   * @example
   * await rabbit.declareQueue("jobs", { deadLetter: true });
   * await rabbit.depth("jobs_dead"); // => { messages: 0, consumers: 0 }
   */
  declareQueue(queue: string, options?: QueueOptions): Promise<void>;
  /**
   * Takes a name for as long as this connection lives, by an exclusive queue. Resolves at once with false when another
   * connection has it. Throws AmqpError. After a lost connection the name is locked again. If another connection has it by
   * then, `onStatus` reports `failed` with the name, `connected` waits, and the lock is tried until the name is free. A
   * second call tells whether the name is ours now.
   *
   * @example
   * const other = await connect(url);
   * await rabbit.lock("the stage"); // => true
   * await other.lock("the stage"); // => false
   * await other.close();
   */
  lock(name: string): Promise<boolean>;
  /**
   * How many jobs wait in a queue, without those that are delivered and not yet acked, and how many consumers it has.
   * Throws AmqpError, of kind `not-found` when there is no such queue.
   *
   * @example
   * await rabbit.declareQueue("jobs");
   * await rabbit.depth("jobs"); // => { messages: 0, consumers: 0 }
   */
  depth(queue: string): Promise<{ messages: number; consumers: number }>;
  /**
   * Throws away the jobs that wait in a queue, and returns how many there were. Throws AmqpError.
   *
   * @example
   * await rabbit.declareQueue("jobs");
   * await rabbit.publish("jobs", Buffer.from("never mind"));
   * await rabbit.purge("jobs"); // => 1
   */
  purge(queue: string): Promise<number>;
  /**
   * Closes the chans, waits for confirms, closes the connections; all within `deadlineMs` milliseconds, 5000 by default.
   * Never rejects. A second call waits for the first.
   *
   * @example
   * await rabbit.close({ deadlineMs: 1_000 });
   * await rabbit.depth("jobs").catch((error: AmqpError) => error.kind); // => "closed"
   */
  close(options?: { deadlineMs?: number }): Promise<void>;
}
