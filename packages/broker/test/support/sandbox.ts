/**
 * The part of a broker that one check has for itself: queues and exchanges with names of its own, and its clients. All of
 * them are deleted and closed at the end. Transcripts leave out what differs from run to run.
 */
import { randomBytes } from "node:crypto";
import type { Args, MethodName } from "../../src/wire/methods.ts";
import { type Fields, table } from "./fields.ts";
import { RawClient, type RawOptions } from "./raw-client.ts";

export class Sandbox {
  readonly port: number;
  readonly #id = randomBytes(4).toString("hex");
  readonly #clients: RawClient[] = [];
  readonly #queues = new Set<string>();
  readonly #exchanges = new Set<string>();

  constructor(port: number) {
    this.port = port;
  }

  /** A queue name that no other check uses. */
  queue(name: string): string {
    const own = `${name}~${this.#id}`;
    this.#queues.add(own);
    return own;
  }

  /** An exchange name that no other check uses. */
  exchange(name: string): string {
    const own = `${name}~${this.#id}`;
    this.#exchanges.add(own);
    return own;
  }

  /** A client with AMQP channel 1 open. */
  async client(options: RawOptions = {}): Promise<RawClient> {
    return this.keep(await RawClient.open(this.port, options));
  }

  /** A client after the handshake, whatever its end was. */
  async connect(options: RawOptions = {}): Promise<RawClient> {
    return this.keep(await RawClient.connect(this.port, options));
  }

  /** A client with AMQP channel 1 open, and the queue `q` that it has declared. */
  async withQueue(
    args: Fields = {},
    options: RawOptions = {},
  ): Promise<{ client: RawClient; queue: string }> {
    const client = await this.client(options);
    return { client, queue: await this.declareQueue(client, "q", { args: table(args) }) };
  }

  /** Declares a queue of this check and returns its whole name. */
  async declareQueue(
    client: RawClient,
    name: string,
    args: Partial<Args<"queue.declare">> = {},
  ): Promise<string> {
    const queue = this.queue(name);
    await client.call(1, "queue.declare", { queue, ...args });
    return queue;
  }

  keep(client: RawClient): RawClient {
    this.#clients.push(client);
    return client;
  }

  /** The transcript of a client, of all methods or of these. */
  lines(client: RawClient, ...names: MethodName[]): string[] {
    return client.lines(...names).map((line) => this.#plain(line));
  }

  /** Waits until the broker has closed an AMQP channel, and returns how. */
  async channelClosed(client: RawClient): Promise<string[]> {
    await client.until("channel.close");
    return this.lines(client, "channel.close");
  }

  /** Waits until the connection has ended, and returns how. */
  async connectionClosed(client: RawClient): Promise<string[]> {
    await client.closed();
    return this.lines(client, "channel.close", "connection.close");
  }

  #plain(line: string): string {
    return line
      .replaceAll(`~${this.#id}`, "")
      .replaceAll(/amq\.(gen|ctag)-[\w-]{22}/g, "amq.$1-*")
      .replaceAll(/amq\.rabbitmq\.reply-to\.[\w./+=-]+/g, "amq.rabbitmq.reply-to.*")
      .replaceAll(
        /time:T=(\d+)/g,
        (_, seconds) => `time:T=${Math.abs(seconds - Date.now() / 1000) < 60 ? "now" : seconds}`,
      );
  }

  async end(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    if (this.#queues.size + this.#exchanges.size === 0) return;
    const cleaner = await RawClient.open(this.port);
    for (const queue of this.#queues) await cleaner.call(1, "queue.delete", { queue });
    for (const exchange of this.#exchanges) await cleaner.call(1, "exchange.delete", { exchange });
    await cleaner.close();
  }
}
