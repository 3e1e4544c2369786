/**
 * Link: a connection that comes back, with the AMQP channels that must stand on it.
 *
 * Invariants:
 * 1. Every standing AMQP channel is asked to attach once for each connection, before the connection counts as up. The
 *    link tells that it is up when all of them stand: one that the broker refuses is tried again, and is waited for.
 * 2. Nobody waits without an end: not for a connection, and not for an AMQP channel to stand for the first time.
 */
import { type Channel, type ChannelModel, IllegalOperationError } from "amqplib";
import type { Address, Addresses } from "./address.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { AmqpError, refused, replyCode } from "./errors.ts";
import { onScratch } from "./scratch.ts";
import { Standing, type StandingPlan } from "./standing.ts";
import { delay, settledWithin, waiter } from "./wait.ts";

/** What a link tells about itself. `reason` is one line. */
export interface LinkListener {
  /** The connection is back, and every AMQP channel that must stand on it. */
  up(): void;
  down(reason: string): void;
  /** An attempt of `who` to come back, the link itself or one AMQP channel, failed. More attempts follow. */
  failed(who: object, reason: string): void;
  /** `who` is back. */
  over(who: object): void;
  blocked(reason: string): void;
  unblocked(): void;
}

export interface LinkOptions extends ConnectionOptions {
  /** How long work that needs a connection waits for one. */
  readonly waitMs: number;
}

export class Link {
  #options: LinkOptions;
  #listener: LinkListener;
  #connection: Connection;
  #standing = new Set<Standing>();
  #waiting = new Set<(model: ChannelModel | undefined) => void>();
  #isUp = false;
  #isWhole = false;
  #isClosing = false;

  constructor(addresses: Addresses, options: LinkOptions, listener: LinkListener) {
    this.#options = options;
    this.#listener = listener;
    this.#connection = new Connection(addresses, options, {
      setUp: (model) => this.#setUp(model),
      up: (model) => this.#up(model),
      down: (reason) => {
        this.#isUp = false;
        this.#isWhole = false;
        listener.down(reason);
      },
      failed: (reason) => listener.failed(this, reason),
      blocked: (reason) => listener.blocked(reason),
      unblocked: () => listener.unblocked(),
    });
  }

  /** Of the broker that we are connected to, or that the next attempt asks. */
  get address(): Address {
    return this.#connection.address;
  }

  /** Connects for the first time: one attempt for each address. Throws AmqpError. From then on the link comes back by itself. */
  open(): Promise<void> {
    return this.#connection.open();
  }

  async #setUp(model: ChannelModel): Promise<void> {
    await Promise.all([...this.#standing].map((standing) => standing.attach(model)));
  }

  #up(model: ChannelModel): void {
    this.#isUp = true;
    for (const resolve of this.#waiting) resolve(model);
    this.#waiting.clear();
    this.#listener.over(this);
    this.#tellWhole();
  }

  /** Tells that the link is up, once for each connection, when everything stands. */
  #tellWhole(): void {
    if (!this.#isUp || this.#isWhole) return;
    for (const { isDressed } of this.#standing) if (!isDressed) return;
    this.#isWhole = true;
    this.#listener.up();
  }

  /** Keeps an AMQP channel open for as long as the link lives. Resolves when it stands for the first time; throws AmqpError when the broker refuses it, or when time is up. */
  async stand(what: string, plan: StandingPlan): Promise<Standing> {
    if (this.#isClosing) throw this.#closed(what);
    const standing: Standing = new Standing(plan, this.#options.pausesMs, {
      stood: () => {
        this.#listener.over(standing);
        this.#tellWhole();
      },
      failed: (error) => this.#listener.failed(standing, refused(this.address, what, error).message),
    });
    this.#standing.add(standing);
    if (this.#connection.model) void standing.attach(this.#connection.model);
    try {
      if (!(await settledWithin(standing.ready, this.#options.waitMs))) {
        void standing.close();
        throw this.#late(what);
      }
      await standing.ready;
    } catch (error) {
      this.#forget(standing);
      throw refused(this.address, what, error);
    }
    return standing;
  }

  /** Closes an AMQP channel that nobody needs any longer; it does not come back. Never rejects. */
  async release(standing: Standing): Promise<void> {
    await standing.close();
    this.#forget(standing); // Not before: our own close waits for those that are in here.
  }

  #forget(standing: Standing): void {
    this.#standing.delete(standing);
    this.#tellWhole(); // It may have been the only one that was waited for.
  }

  /**
   * Does `work` on an AMQP channel of its own, so that a refusal, which closes the AMQP channel, hurts nobody else.
   * Waits for a connection, and does the work again if it is lost meanwhile: only for work that may be done twice.
   * Throws AmqpError: at once for a refusal and for a mistake of our own, when time is up for a lost connection.
   */
  async scratch<T>(what: string, work: (amqpChannel: Channel) => Promise<T>): Promise<T> {
    const until = performance.now() + this.#options.waitMs;
    for (;;) {
      const model = await this.#wait(what, until - performance.now());
      try {
        return await onScratch(model, work);
      } catch (error) {
        if (!this.#isLost(model, error) || this.#isClosing || performance.now() > until)
          throw refused(this.address, what, error);
        await delay(50);
      }
    }
  }

  /** Did work on `model` fail because that connection is gone or going? Then, and only then, another one may help. */
  #isLost(model: ChannelModel, error: unknown): boolean {
    if (replyCode(error) !== undefined) return false;
    return !this.#isUp || this.#connection.model !== model || error instanceof IllegalOperationError;
  }

  #closed(what: string): AmqpError {
    return new AmqpError(`${this.address.text}: ${what} failed: the connection is closed.`);
  }

  #late(what: string): AmqpError {
    const lack = this.#isUp ? "no answer" : "no connection";
    return new AmqpError(`${this.address.text}: ${what} failed: ${lack} within ${this.#options.waitMs} ms.`);
  }

  #wait(what: string, ms: number): Promise<ChannelModel> {
    const { model } = this.#connection;
    if (this.#isClosing) return Promise.reject(this.#closed(what));
    if (this.#isUp && model) return Promise.resolve(model);
    const { promise, settle } = waiter<ChannelModel | undefined>(ms);
    this.#waiting.add(settle);
    return promise.then((fresh) => {
      this.#waiting.delete(settle);
      if (fresh) return fresh;
      throw this.#isClosing ? this.#closed(what) : this.#late(what);
    });
  }

  /** What the broker says about itself: product, version. Undefined before the first connection. */
  get serverProperties(): Readonly<Record<string, unknown>> {
    return { ...this.#connection.model?.connection.serverProperties };
  }

  /** Closes the AMQP channels, then the connection, then whatever is left when `ms` are over. */
  async close(ms: number): Promise<void> {
    this.#isClosing = true;
    const until = performance.now() + ms;
    const left = (): number => Math.max(0, until - performance.now());
    for (const resolve of this.#waiting) resolve(undefined);
    // First the AMQP channels: amqplib sends the connection's close past what their buffers still hold, acks among it.
    await settledWithin(Promise.all([...this.#standing].map((standing) => standing.close())), left());
    await this.#connection.close(left());
  }
}
