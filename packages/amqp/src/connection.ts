/**
 * Connection: one connection to one of several addresses. It comes back when it is lost.
 *
 * amqplib has a recovery of its own. It knows one URL only; a connection that dies while its setup fails, or while it is
 * closed in the middle of an attempt, hangs it or ends the process. So the loop is ours.
 *
 * Invariants:
 * 1. Every attempt goes to the next address of the list, the first attempt to the first one.
 * 2. There is one connection at a time: the next attempt begins when the last one has failed or its connection is closed.
 * 3. After `close` no timer and no socket is left, save that of an attempt in progress: it ends by its own time limit.
 */
import type { Socket } from "node:net";
import amqplib, { type ChannelModel } from "amqplib";
import type { Address, Addresses } from "./address.ts";
import { AmqpError, lost, noneReachable, unreachable } from "./errors.ts";
import { tooOld } from "./server-version.ts";
import { type Pauses, pauseBefore, settledWithin } from "./timing.ts";

/** What a connection calls when something happens to it. */
export interface ConnectionHooks {
  /** There is a fresh connection that does not count as up yet. Never rejects. When the connection dies, nobody waits for it any longer. */
  setUp(model: ChannelModel): Promise<void>;
  up(model: ChannelModel): void;
  down(error: AmqpError): void;
  /** An attempt to come back failed. More attempts follow. */
  failed(error: AmqpError): void;
  blocked(reason: string): void;
  unblocked(): void;
}

export interface ConnectionOptions {
  /** RabbitMQ's management page shows this name. */
  readonly name: string;
  /** How long a socket may take to connect and to finish AMQP's handshake, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** The pauses between attempts to come back. Attempts never end. */
  readonly pauses: Pauses;
}

export class Connection {
  /** The current connection, also while it is set up. */
  model: ChannelModel | undefined;
  #addresses: Addresses;
  #options: ConnectionOptions;
  #hooks: ConnectionHooks;
  /** Counts up, round and round the addresses: the address that is asked, or used, now. */
  #addressIndex = 0;
  /** Resolves when the connection of `model` is gone. */
  #dead: Promise<void> = Promise.resolve();
  #isClosing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(addresses: Addresses, options: ConnectionOptions, hooks: ConnectionHooks) {
    this.#addresses = addresses;
    this.#options = options;
    this.#hooks = hooks;
  }

  /** The address of the broker that we are connected to, or that the next attempt asks. */
  get address(): Address {
    return this.#addresses[this.#addressIndex % this.#addresses.length] ?? this.#addresses[0];
  }

  /** Connects for the first time, with one attempt for each address. Throws AmqpError. */
  async open(): Promise<void> {
    const failures = [];
    while (failures.length < this.#addresses.length) {
      try {
        return await this.#attempt();
      } catch (error) {
        failures.push(unreachable(this.address, error));
        this.#addressIndex++;
      }
    }
    throw noneReachable(failures);
  }

  /** Resolves when the connection is up. */
  async #attempt(): Promise<void> {
    const model = await amqplib.connect(this.address.target, {
      noDelay: true,
      timeout: this.#options.connectTimeoutMs,
      clientProperties: { connection_name: this.#options.name },
    });
    // The close that always follows carries the same reason. Without a listener Node would end the process.
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
    const fault = tooOld({ ...model.connection.serverProperties });
    if (fault !== undefined) {
      destroySocket(model);
      throw new AmqpError("too-old", `${this.address.text}: ${fault}`);
    }
    this.model = model;
    this.#dead = dead;
    model.on("blocked", (reason) => this.#hooks.blocked(reason));
    model.on("unblocked", () => this.#hooks.unblocked());
    await Promise.race([this.#hooks.setUp(model), dead]);
    if (death) throw death;
    isUp = true;
    this.#hooks.up(model);
  }

  #lost(why: Error): void {
    if (this.#isClosing) return;
    this.#hooks.down(lost(this.address, why));
    this.#addressIndex++;
    this.#comeBack(0);
  }

  #comeBack(attempt: number): void {
    if (this.#isClosing) return;
    const pause = pauseBefore(attempt, this.#options.pauses);
    // By chance up to a fifth shorter, so that the clients of one broker do not come back all at once.
    this.#timer = setTimeout(() => void this.#tryAgain(attempt), pause * (1 - Math.random() / 5));
  }

  async #tryAgain(attempt: number): Promise<void> {
    try {
      await this.#attempt();
    } catch (error) {
      if (this.#isClosing) return;
      this.#hooks.failed(unreachable(this.address, error));
      this.#addressIndex++;
      this.#comeBack(attempt + 1);
    }
  }

  /** Closes the connection, or what is left of it when `ms` are over. Never rejects. */
  async close(ms: number): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#timer);
    const { model } = this;
    if (model === undefined) return;
    // A connection that dies now never answers the close. amqplib would wait for that answer without an end.
    await settledWithin(Promise.race([model.close(), this.#dead]), ms);
    destroySocket(model);
  }
}

/** Ends a connection that does not end by itself. amqplib has no way to do it, so we reach for its socket. */
function destroySocket(model: ChannelModel): void {
  const { stream } = model.connection as unknown as { stream?: Socket };
  stream?.destroy();
}
