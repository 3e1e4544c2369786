/**
 * Connection supervisor: keeps a connection, and the AMQP channels that belong on it, alive.
 *
 * Invariants:
 * 1. Every persistent AMQP channel is opened once on each connection, before the connection counts as up. The supervisor
 *    reports that it is up when all of them are set up. One that the broker refuses is tried again, and is waited for.
 * 2. Every wait has an end: for a connection, and for an AMQP channel's first setup.
 */
import { type Channel, type ChannelModel, IllegalOperationError } from "amqplib";
import type { Address, Addresses } from "./address.ts";
import { type AmqpChannelPlan, onTemporaryChannel, PersistentChannel } from "./amqp-channels.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import type { ConnectionListener } from "./connection-status.ts";
import { AmqpError, refused, replyCode } from "./errors.ts";
import type { ServerName } from "./rabbit.ts";
import { retry, settledWithin, waiter } from "./timing.ts";

export interface SupervisorOptions extends ConnectionOptions {
  /** How long work that needs a connection waits for one, in milliseconds. */
  readonly waitMs: number;
}

/** The pause before work is done again that lost its connection, in milliseconds. */
const LOST_PAUSES = { first: 50, longest: 50 };

export class ConnectionSupervisor {
  #options: SupervisorOptions;
  #listener: ConnectionListener;
  #connection: Connection;
  #persistent = new Set<PersistentChannel>();
  #waiting = new Set<(model: ChannelModel | undefined) => void>();
  #isUp = false;
  #isComplete = false;
  #isClosing = false;

  constructor(addresses: Addresses, options: SupervisorOptions, listener: ConnectionListener) {
    this.#options = options;
    this.#listener = listener;
    this.#connection = new Connection(addresses, options, {
      setUp: async (model) => {
        await Promise.all([...this.#persistent].map((persistent) => persistent.openOn(model)));
      },
      up: (model) => this.#up(model),
      down: (error) => {
        this.#isUp = false;
        this.#isComplete = false;
        listener.down(error);
      },
      failed: (error) => listener.failed(this, error),
      blocked: (reason) => listener.blocked(reason),
      unblocked: () => listener.unblocked(),
    });
  }

  /** The address of the broker that we are connected to, or that the next attempt asks. */
  get address(): Address {
    return this.#connection.address;
  }

  /** What the broker said that it is when we connected last. */
  get server(): ServerName {
    const { product = "", version = "" } = this.#connection.model?.connection.serverProperties ?? {};
    return { product, version };
  }

  /** Connects for the first time, with one attempt for each address. Throws AmqpError. From then on the connection comes back by itself. */
  open(): Promise<void> {
    return this.#connection.open();
  }

  #up(model: ChannelModel): void {
    this.#isUp = true;
    for (const resolve of this.#waiting) resolve(model);
    this.#waiting.clear();
    this.#listener.recovered(this);
    this.#reportComplete();
  }

  /** Reports that the connection is up, once for each connection, when every AMQP channel on it is set up. */
  #reportComplete(): void {
    if (!this.#isUp || this.#isComplete) return;
    for (const { isSetUp } of this.#persistent) if (!isSetUp) return;
    this.#isComplete = true;
    this.#listener.up();
  }

  /** Reports that an attempt of `source` failed and that more follow. The same reason is reported once, until `recovered`. */
  failed(source: object, error: AmqpError): void {
    this.#listener.failed(source, error);
  }

  /** What `source` attempted has succeeded. */
  recovered(source: object): void {
    this.#listener.recovered(source);
  }

  /** Keeps an AMQP channel open until it is released. Resolves when it is set up for the first time. Throws AmqpError when the broker refuses it, or when time is up. */
  async keepAmqpChannel(what: string, plan: AmqpChannelPlan): Promise<PersistentChannel> {
    if (this.#isClosing) throw this.#closed(what);
    const persistent: PersistentChannel = new PersistentChannel(plan, this.#options.pauses, {
      ready: () => {
        this.#listener.recovered(persistent);
        this.#reportComplete();
      },
      failed: (error) => this.#listener.failed(persistent, refused(this.address, what, error)),
    });
    this.#persistent.add(persistent);
    if (this.#connection.model) void persistent.openOn(this.#connection.model);
    try {
      if (!(await settledWithin(persistent.ready, this.#options.waitMs))) {
        void persistent.close();
        throw this.#late(what);
      }
      await persistent.ready;
    } catch (error) {
      this.#forget(persistent);
      if (this.#isClosing && replyCode(error) === undefined) throw this.#closed(what);
      throw refused(this.address, what, error);
    }
    return persistent;
  }

  /** Closes an AMQP channel that is no longer needed. It does not come back. Never rejects. */
  async release(persistent: PersistentChannel): Promise<void> {
    await persistent.close();
    this.#forget(persistent); // Not before: our own close waits for the AMQP channels in this set.
  }

  #forget(persistent: PersistentChannel): void {
    this.#persistent.delete(persistent);
    this.#reportComplete(); // It may have been the only one that was waited for.
  }

  /**
   * Does `work` on a temporary AMQP channel, so that a refusal, which closes the AMQP channel, hurts nothing else. Waits
   * for a connection, and does the work again if that one is lost meanwhile: only for work that may be done twice.
   * Throws AmqpError: at once for a refusal and for a mistake of our own, when time is up for a lost connection.
   */
  async withAmqpChannel<T>(what: string, work: (amqpChannel: Channel) => Promise<T>): Promise<T> {
    const until = performance.now() + this.#options.waitMs;
    let model: ChannelModel | undefined;
    const attempt = async (): Promise<T> => {
      model = undefined;
      model = await this.#connected(what, until - performance.now());
      return onTemporaryChannel(model, work);
    };
    const again = (error: Error): boolean =>
      model !== undefined && this.#isLost(model, error) && !this.#isClosing && performance.now() <= until;
    try {
      return await retry(attempt, { pauses: LOST_PAUSES, again });
    } catch (error) {
      throw refused(this.address, what, error);
    }
  }

  /** Did work on `model` fail because that connection is gone or going? Then, and only then, another one may help. */
  #isLost(model: ChannelModel, error: unknown): boolean {
    if (replyCode(error) !== undefined) return false;
    return !this.#isUp || this.#connection.model !== model || error instanceof IllegalOperationError;
  }

  /** The connection, as soon as it is up. Throws AmqpError after `ms` milliseconds. */
  async #connected(what: string, ms: number): Promise<ChannelModel> {
    const { model } = this.#connection;
    if (this.#isClosing) throw this.#closed(what);
    if (this.#isUp && model) return model;
    const { promise, settle } = waiter<ChannelModel | undefined>(ms);
    this.#waiting.add(settle);
    const fresh = await promise;
    this.#waiting.delete(settle);
    if (fresh) return fresh;
    throw this.#isClosing ? this.#closed(what) : this.#late(what);
  }

  #closed(what: string): AmqpError {
    return new AmqpError("closed", `${this.address.text}: ${what} failed: the connection is closed.`);
  }

  #late(what: string): AmqpError {
    const missing = this.#isUp ? "no answer" : "no connection";
    const text = `${this.address.text}: ${what} failed: ${missing} within ${this.#options.waitMs} ms.`;
    return new AmqpError("timeout", text);
  }

  /** Lets every persistent AMQP channel end its work in order, for at most `ms` milliseconds. Never rejects. */
  async stop(ms: number): Promise<void> {
    await settledWithin(Promise.all([...this.#persistent].map(({ plan }) => plan.stop?.())), ms);
  }

  /** Closes the AMQP channels, then the connection, then whatever is left when `ms` milliseconds are over. Never rejects. */
  async close(ms: number): Promise<void> {
    this.#isClosing = true;
    const until = performance.now() + ms;
    const left = (): number => Math.max(0, until - performance.now());
    for (const resolve of this.#waiting) resolve(undefined);
    // The AMQP channels go first: amqplib sends the connection's close past what their buffers still hold, acks among it.
    await settledWithin(Promise.all([...this.#persistent].map((persistent) => persistent.close())), left());
    await this.#connection.close(left());
  }
}
