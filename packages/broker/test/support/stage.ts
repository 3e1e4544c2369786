/**
 * One check's own corner of a broker: names nobody else uses, clients that are closed and entities that are deleted at
 * the end, and transcripts in which the made-up parts of names do not show.
 */
import { randomBytes } from "node:crypto";
import type { MethodName } from "../../src/wire/methods.ts";
import { RawClient, type RawOptions } from "./raw-client.ts";

export class Stage {
  readonly port: number;
  readonly #id = randomBytes(4).toString("hex");
  readonly #clients: RawClient[] = [];
  readonly #queues = new Set<string>();
  readonly #exchanges = new Set<string>();

  constructor(port: number) {
    this.port = port;
  }

  /** A queue name of this check's own. */
  queue(name: string): string {
    const own = `${name}~${this.#id}`;
    this.#queues.add(own);
    return own;
  }

  exchange(name: string): string {
    const own = `${name}~${this.#id}`;
    this.#exchanges.add(own);
    return own;
  }

  /** A client with AMQP channel 1 open. */
  async client(options: RawOptions = {}): Promise<RawClient> {
    return this.keep(await RawClient.open(this.port, options));
  }

  /** A client that went through the handshake, whatever came of it. */
  async connect(options: RawOptions = {}): Promise<RawClient> {
    return this.keep(await RawClient.connect(this.port, options));
  }

  keep(client: RawClient): RawClient {
    this.#clients.push(client);
    return client;
  }

  /** What a client heard of these methods, without what differs from run to run. */
  lines(client: RawClient, ...names: MethodName[]): string[] {
    return client.lines(...names).map((line) => this.plain(line));
  }

  plain(line: string): string {
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
