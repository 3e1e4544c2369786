/**
 * Connection: one connection to one of several brokers, which comes back.
 *
 * amqplib has a recovery of its own. It knows one URL only; a connection that dies while its setup fails, or while it is
 * closed in the middle of an attempt, hangs it or ends the process. So the loop is ours.
 *
 * Invariants:
 * 1. Every attempt goes to the next address of the list, the first attempt to the first one.
 * 2. One connection at a time: the next attempt begins when the last one has failed or its connection is closed.
 * 3. After `close` no timer and no socket is left, save that of an attempt in progress: it ends by its own time limit.
 */
import type { Socket } from "node:net";
import amqplib, { type ChannelModel } from "amqplib";
import type { Address, Addresses } from "./address.ts";
import { lost, noneReachable, unreachable } from "./errors.ts";
import { backoff, settledWithin } from "./wait.ts";

/** What a connection tells about itself. `reason` is one line. */
export interface ConnectionHooks {
  /** A fresh connection, before it counts as up. Never rejects; nobody waits for it any longer when the connection dies. */
  setUp(model: ChannelModel): Promise<void>;
  up(model: ChannelModel): void;
  down(reason: string): void;
  /** An attempt to come back failed. More follow. */
  failed(reason: string): void;
  blocked(reason: string): void;
  unblocked(): void;
}

export interface ConnectionOptions {
  /** Shown by RabbitMQ's management page. */
  readonly name: string;
  /** How long a socket may take to connect and to finish AMQP's handshake. */
  readonly connectTimeoutMs: number;
  readonly pausesMs: Pauses;
}

/** Pauses between attempts to come back, in milliseconds: the first, and the longest. They double; attempts never end. */
export interface Pauses {
  readonly first: number;
  readonly longest: number;
}

export class Connection {
  /** The connection of now, also while it is set up. */
  model: ChannelModel | undefined;
  #addresses: Addresses;
  #options: ConnectionOptions;
  #hooks: ConnectionHooks;
  /** Counts round the addresses: which one is asked, or used, now. */
  #turn = 0;
  #isClosing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(addresses: Addresses, options: ConnectionOptions, hooks: ConnectionHooks) {
    this.#addresses = addresses;
    this.#options = options;
    this.#hooks = hooks;
  }

  /** Of the broker that we are connected to, or that the next attempt asks. */
  get address(): Address {
    return this.#addresses[this.#turn % this.#addresses.length] ?? this.#addresses[0];
  }

  /** Connects for the first time: one attempt for each address. Throws AmqpError. From then on it comes back by itself. */
  async open(): Promise<void> {
    const failures = [];
    while (failures.length < this.#addresses.length) {
      try {
        return await this.#attempt();
      } catch (error) {
        failures.push(unreachable(this.address, error));
        this.#turn++;
      }
    }
    throw noneReachable(failures);
  }

  /** Resolves when the connection is up. */
  async #attempt(): Promise<void> {
    const model = await amqplib.connect(this.address.url, {
      noDelay: true,
      timeout: this.#options.connectTimeoutMs,
      clientProperties: { connection_name: this.#options.name },
    });
    // The close that always follows carries the same reason; without a listener Node would end the process.
    model.on("error", () => {});
    let death: Error | undefined;
    let isUp = false;
    const dead = new Promise<void>((resolve) => {
      model.once("close", (error?: Error) => {
        death = error ?? new Error("the connection was closed");
        resolve();
        if (isUp) this.#lost(death);
      });
    });
    if (this.#isClosing) return destroySocket(model);
    this.model = model;
    model.on("blocked", (reason) => this.#hooks.blocked(reason));
    model.on("unblocked", () => this.#hooks.unblocked());
    await Promise.race([this.#hooks.setUp(model), dead]);
    if (death) throw death;
    isUp = true;
    this.#hooks.up(model);
  }

  #lost(why: Error): void {
    if (this.#isClosing) return;
    this.#hooks.down(lost(this.address, why).message);
    this.#turn++;
    this.#comeBack(0);
  }

  #comeBack(attempt: number): void {
    if (this.#isClosing) return;
    const { first, longest } = this.#options.pausesMs;
    const pause = backoff(attempt, first, longest);
    // By chance up to a fifth shorter: the clients of one broker are not to come back all at once.
    this.#timer = setTimeout(() => void this.#tryAgain(attempt), pause * (1 - Math.random() / 5));
  }

  async #tryAgain(attempt: number): Promise<void> {
    try {
      await this.#attempt();
    } catch (error) {
      if (this.#isClosing) return;
      this.#hooks.failed(unreachable(this.address, error).message);
      this.#turn++;
      this.#comeBack(attempt + 1);
    }
  }

  /** Closes the connection, or what is left of it when `ms` are over. Never rejects. */
  async close(ms: number): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#timer);
    const { model } = this;
    if (model === undefined) return;
    await settledWithin(model.close(), ms);
    destroySocket(model);
  }
}

/** Ends a connection that does not end by itself. amqplib has no way to do it, so we reach for its socket. */
function destroySocket(model: ChannelModel): void {
  const { stream } = model.connection as unknown as { stream?: Socket };
  stream?.destroy();
}
