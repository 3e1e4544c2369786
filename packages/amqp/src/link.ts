/**
 * Link: one connection that comes back, with the AMQP channels that must stand on it.
 *
 * Invariants:
 * 1. Every standing AMQP channel is asked to attach once for each connection, before the connection counts as up. The
 *    link tells that it is up when all of them stand: one that the broker refuses is tried again, and is waited for.
 * 2. `setup` throws only for a connection that is closed already. amqplib closes a connection whose setup fails, and
 *    that close never ends if the socket dies meanwhile: recovery would hang for ever.
 * 3. A connection that dies while it is set up is noticed at the end of `setup`: amqplib does not look there.
 * 4. After `close` no timer and no socket is left, save that of an attempt in progress: it ends by its own time limit.
 */
import type { Socket } from "node:net";
import amqplib, {
  type Channel,
  type ChannelModel,
  IllegalOperationError,
  type RecoveringChannelModel,
} from "amqplib";
import type { Address } from "./address.ts";
import { AmqpError, refused, replyCode, unreachable } from "./errors.ts";
import { onScratch } from "./scratch.ts";
import { Standing, type StandingPlan } from "./standing.ts";
import { delay, settledWithin } from "./wait.ts";

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

export interface LinkOptions {
  /** Shown by RabbitMQ's management page. */
  readonly name: string;
  /** How long a socket may take to connect and to finish AMQP's handshake. */
  readonly connectTimeoutMs: number;
  /** How long work that needs a connection waits for one. */
  readonly waitMs: number;
  readonly pausesMs: Pauses;
}

/** Pauses between attempts to come back, in milliseconds: the first, and the longest. They double; attempts never end. */
export interface Pauses {
  readonly first: number;
  readonly longest: number;
}

export class Link {
  readonly address: Address;
  #options: LinkOptions;
  #listener: LinkListener;
  #recovering: RecoveringChannelModel | undefined;
  /** The connection of now, also while it is set up. */
  #model: ChannelModel | undefined;
  #standing = new Set<Standing>();
  #waiting = new Set<(model: ChannelModel | undefined) => void>();
  #isUp = false;
  #isWhole = false;
  #closing = false;

  constructor(address: Address, options: LinkOptions, listener: LinkListener) {
    this.address = address;
    this.#options = options;
    this.#listener = listener;
  }

  /** Connects for the first time: one attempt. Throws AmqpError. From then on the link comes back by itself. */
  async open(): Promise<void> {
    const socket = {
      noDelay: true,
      timeout: this.#options.connectTimeoutMs,
      clientProperties: { connection_name: this.#options.name },
    };
    const recovering = await amqplib.connect(this.address.url, {
      ...socket,
      recovery: {
        initialDelay: this.#options.pausesMs.first,
        maxDelay: this.#options.pausesMs.longest,
        initialMaxRetries: 0,
        waitForConnect: false,
        setup: (model: ChannelModel) => this.#setup(model),
      },
    });
    this.#recovering = recovering;
    this.#listen(recovering);
    try {
      await recovering.waitForConnect();
    } catch (error) {
      throw unreachable(this.address, error);
    }
  }

  #listen(recovering: RecoveringChannelModel): void {
    recovering.on("connect", (model) => {
      this.#isUp = true;
      for (const resolve of this.#waiting) resolve(model);
      this.#waiting.clear();
      this.#listener.over(this);
      this.#tellWhole();
    });
    recovering.on("disconnect", (error) => {
      this.#isUp = false;
      this.#isWhole = false;
      this.#listener.down(unreachableReason(error));
    });
    recovering.on("connect-failed", (error) => {
      if (this.#isFirst) return;
      this.#listener.failed(this, unreachable(this.address, error).message);
    });
    recovering.on("blocked", (reason) => this.#listener.blocked(reason));
    recovering.on("unblocked", () => this.#listener.unblocked());
    // The close that always follows carries the same reason; without a listener Node would end the process.
    recovering.on("error", () => {});
  }

  /** Tells that the link is up, once for each connection, when everything stands. */
  #tellWhole(): void {
    if (!this.#isUp || this.#isWhole) return;
    for (const { isDressed } of this.#standing) if (!isDressed) return;
    this.#isWhole = true;
    this.#listener.up();
  }

  get #isFirst(): boolean {
    return this.#model === undefined;
  }

  async #setup(model: ChannelModel): Promise<void> {
    let death: Error | undefined;
    model.on("error", () => {}); // As above: its close follows.
    model.once("close", (error) => {
      death = error ?? new Error("the connection was closed");
    });
    this.#model = model;
    await Promise.all([...this.#standing].map((standing) => standing.attach(model)));
    if (death) throw death;
  }

  /** Keeps an AMQP channel open for as long as the link lives. Resolves when it stands for the first time; throws AmqpError when the broker refuses it. */
  async stand(what: string, plan: StandingPlan): Promise<Standing> {
    if (this.#closing) throw this.#closed(what);
    const standing: Standing = new Standing(plan, this.#options.pausesMs, {
      stood: () => {
        this.#listener.over(standing);
        this.#tellWhole();
      },
      failed: (error) => this.#listener.failed(standing, refused(this.address, what, error).message),
    });
    this.#standing.add(standing);
    if (this.#model) await standing.attach(this.#model);
    try {
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
      const model = await this.#connection(what, until - performance.now());
      try {
        return await onScratch(model, work);
      } catch (error) {
        if (!this.#isLost(model, error) || this.#closing || performance.now() > until)
          throw refused(this.address, what, error);
        await delay(50);
      }
    }
  }

  /** Did work on `model` fail because that connection is gone or going? Then, and only then, another one may help. */
  #isLost(model: ChannelModel, error: unknown): boolean {
    if (replyCode(error) !== undefined) return false;
    return !this.#isUp || this.#model !== model || error instanceof IllegalOperationError;
  }

  #closed(what: string): AmqpError {
    return new AmqpError(`${this.address.text}: ${what} failed: the connection is closed.`);
  }

  #connection(what: string, ms: number): Promise<ChannelModel> {
    if (this.#closing) return Promise.reject(this.#closed(what));
    if (this.#isUp && this.#model) return Promise.resolve(this.#model);
    const { promise, settle } = waiter<ChannelModel | undefined>(ms);
    this.#waiting.add(settle);
    return promise.then((model) => {
      this.#waiting.delete(settle);
      if (model) return model;
      if (this.#closing) throw this.#closed(what);
      throw new AmqpError(`${this.address.text}: ${what} failed: no connection in time.`);
    });
  }

  /** What the broker says about itself: product, version. Undefined before the first connection. */
  get serverProperties(): Readonly<Record<string, unknown>> {
    return { ...this.#model?.connection.serverProperties };
  }

  /** Closes the AMQP channels, then the connection, then whatever is left when `ms` are over. */
  async close(ms: number): Promise<void> {
    this.#closing = true;
    const until = performance.now() + ms;
    const left = (): number => Math.max(0, until - performance.now());
    for (const resolve of this.#waiting) resolve(undefined);
    // First the AMQP channels: amqplib sends the connection's close past what their buffers still hold, acks among it.
    await settledWithin(Promise.all([...this.#standing].map((standing) => standing.close())), left());
    if (this.#recovering) await settledWithin(this.#recovering.close(), left());
    if (this.#model) destroySocket(this.#model);
  }
}

function unreachableReason(error: Error): string {
  return error.message.replace(/^Connection closed: /, "").replace(/\s+/g, " ");
}

/** Ends a connection that does not end by itself. amqplib has no way to do it, so we reach for its socket. */
function destroySocket(model: ChannelModel): void {
  const { stream } = model.connection as unknown as { stream?: Socket };
  stream?.destroy();
}

/** A promise that somebody settles, or that time settles with undefined. */
function waiter<T>(ms: number): { promise: Promise<T | undefined>; settle: (value: T | undefined) => void } {
  let settle: (value: T | undefined) => void = () => {};
  const promise = new Promise<T | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    settle = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
  });
  return { promise, settle };
}
