/**
 * Standing: an AMQP channel that is opened again for as long as somebody wants it: after a reconnect, after the broker
 * closed it (a refusal, the ack timeout), after the broker cancelled its consumer.
 *
 * Invariants:
 * 1. `current` is the open AMQP channel or undefined. What came over another one is stale: the broker has it back.
 * 2. One attach at a time for each connection.
 * 3. A refusal on the very first attach is for who asked; later ones are reported and tried again, with growing pauses.
 */
import type { Channel, ChannelModel } from "amqplib";
import { isFull } from "./errors.ts";
import { backoff, settledWithin, tell } from "./wait.ts";

export interface StandingPlan {
  /** Opens a fresh AMQP channel. */
  create(model: ChannelModel): Promise<Channel>;
  /** Makes the fresh AMQP channel what it should be: declares, binds, consumes. */
  dress(amqpChannel: Channel, model: ChannelModel): Promise<void>;
  /** Told at once when the AMQP channel is gone. `refusal` is the broker's, when it closed the AMQP channel alone. */
  lost(refusal: Error | undefined): void;
}

export interface StandingListener {
  /** It stands, for the first time or again. */
  stood(): void;
  /** An attempt to stand again failed; more follow. */
  failed(error: Error): void;
}

/** How long we wait for the broker to agree to a close. */
const CLOSE_MS = 2_000;

export class Standing {
  current: Channel | undefined;
  /** `current` is all that it should be. */
  isDressed = false;
  /** Settles after the first attach that was not cut short by a lost connection. */
  readonly ready: Promise<void>;
  #plan: StandingPlan;
  #pausesMs: { first: number; longest: number };
  #listener: StandingListener;
  #model: ChannelModel | undefined;
  #attaching: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #stood = false;
  #closed = false;
  #closing: Promise<void> | undefined;
  #resolveReady: () => void = () => {};
  #rejectReady: (error: Error) => void = () => {};

  constructor(plan: StandingPlan, pausesMs: { first: number; longest: number }, listener: StandingListener) {
    this.#plan = plan;
    this.#pausesMs = pausesMs;
    this.#listener = listener;
    this.ready = new Promise<void>((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    this.ready.catch(() => {}); // Who asked for this AMQP channel awaits it too, and hears of it there.
  }

  /** Opens the AMQP channel on this connection. Never rejects. */
  attach(model: ChannelModel): Promise<void> {
    if (this.#model !== model || this.#attaching === undefined) {
      clearTimeout(this.#timer);
      this.#model = model;
      this.#attaching = this.#attach(model);
    }
    return this.#attaching;
  }

  async #attach(model: ChannelModel): Promise<void> {
    let amqpChannel: Channel | undefined;
    try {
      amqpChannel = await this.#plan.create(model);
      this.#watch(amqpChannel);
      if (this.#closed) return void (await settledWithin(amqpChannel.close(), CLOSE_MS));
      this.current = amqpChannel;
      await this.#plan.dress(amqpChannel, model);
      if (this.current !== amqpChannel) return; // Lost in the last moment; `#lost` has seen to it.
      this.isDressed = true;
      this.#attempt = 0;
      this.#stood = true;
      this.#resolveReady();
      tell(() => this.#listener.stood());
    } catch (error) {
      // A refusal has closed the AMQP channel, a lost connection too: `#lost` knows already. The rest is ours to end.
      if (amqpChannel !== undefined && this.current === amqpChannel) this.renew(error as Error);
      // The connection lives, so no next one would ask again.
      if (amqpChannel === undefined && isFull(error)) this.#again(error as Error);
    }
  }

  #watch(amqpChannel: Channel): void {
    let refusal: Error | undefined;
    amqpChannel.on("error", (error) => {
      refusal = error;
    });
    amqpChannel.once("close", () => this.#lost(amqpChannel, refusal));
  }

  #lost(amqpChannel: Channel, refusal: Error | undefined): void {
    if (this.current !== amqpChannel) return;
    this.current = undefined;
    this.isDressed = false;
    tell(this.#plan.lost.bind(this.#plan), refusal);
    if (refusal) this.#again(refusal);
  }

  /** Gives the AMQP channel up and opens another one: its consumer was cancelled, or it never became what it should be. */
  renew(why: Error): void {
    const old = this.current;
    if (old === undefined) return;
    this.#lost(old, why);
    old.close().catch(() => {}); // It may be closing already; either way it ends.
  }

  #again(why: Error): void {
    if (this.#closed) return;
    if (!this.#stood) {
      this.#closed = true;
      this.#rejectReady(why);
      return;
    }
    tell(() => this.#listener.failed(why));
    const model = this.#model;
    const pause = backoff(this.#attempt++, this.#pausesMs.first, this.#pausesMs.longest);
    this.#timer = setTimeout(() => {
      this.#attaching = undefined;
      // If the connection was lost meanwhile, the next one attaches by itself.
      if (model && this.#model === model && this.current === undefined) void this.attach(model);
    }, pause);
  }

  /** Closes the AMQP channel for good, after what is in its buffer. What was not acked goes back to its queue. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#rejectReady(new Error("the connection is closed"));
    const old = this.current;
    this.current = undefined;
    this.isDressed = false;
    if (old === undefined) return;
    tell(this.#plan.lost.bind(this.#plan), undefined);
    await settledWithin(old.close(), CLOSE_MS);
  }
}
