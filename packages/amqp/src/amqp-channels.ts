/**
 * AMQP channels: one that comes back for as long as it is needed, and one for a single piece of work.
 *
 * The broker answers a refusal by closing the AMQP channel. So the persistent one is opened again then, as it is after a
 * reconnect and after the broker cancelled its consumer; and risky work gets a temporary one.
 *
 * Invariants of a persistent AMQP channel:
 * 1. `current` is the open AMQP channel or undefined. A delivery of another one is stale: the broker has it back.
 * 2. There is one opening at a time for each connection.
 * 3. A refusal at the very first opening rejects `ready`. Later ones are reported and tried again, with growing pauses.
 */
import type { Channel, ChannelModel } from "amqplib";
import { isOutOfChannels } from "./errors.ts";
import { type Pauses, pauseBefore, settledWithin } from "./timing.ts";

/** What a persistent AMQP channel is for. */
export interface AmqpChannelPlan {
  /** Opens a fresh AMQP channel. */
  create(model: ChannelModel): Promise<Channel>;
  /** Makes the fresh AMQP channel what it should be: declares, binds, consumes. */
  setUp(amqpChannel: Channel, model: ChannelModel): Promise<void>;
  /** Called at once when the AMQP channel is gone. `refusal` is the broker's, when it closed this AMQP channel alone. */
  lost?(refusal: Error | undefined): void;
  /** Called before the program closes the connection, while work can still be ended in order. */
  stop?(): Promise<void>;
}

export interface AmqpChannelListener {
  /** The AMQP channel is set up, for the first time or again. */
  ready(): void;
  /** An attempt to come back failed. More attempts follow. */
  failed(error: Error): void;
}

/** How long we wait for the broker to agree to a close. */
const CLOSE_MS = 2_000;

export class PersistentChannel {
  current: Channel | undefined;
  /** True while `current` is all that it should be. */
  isSetUp = false;
  /** Settles after the first opening that was not cut short by a lost connection. */
  readonly ready: Promise<void>;
  readonly plan: AmqpChannelPlan;
  #pauses: Pauses;
  #listener: AmqpChannelListener;
  #model: ChannelModel | undefined;
  #opening: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #wasReady = false;
  #isClosed = false;
  #closing: Promise<void> | undefined;
  #resolveReady: () => void = () => {};
  #rejectReady: (error: Error) => void = () => {};

  constructor(plan: AmqpChannelPlan, pauses: Pauses, listener: AmqpChannelListener) {
    this.plan = plan;
    this.#pauses = pauses;
    this.#listener = listener;
    this.ready = new Promise<void>((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    this.ready.catch(() => {}); // The caller that asked for this AMQP channel awaits `ready` too, and handles it.
  }

  /** Opens the AMQP channel on this connection. Never rejects. */
  openOn(model: ChannelModel): Promise<void> {
    if (this.#model !== model || this.#opening === undefined) {
      clearTimeout(this.#timer);
      this.#model = model;
      this.#opening = this.#open(model);
    }
    return this.#opening;
  }

  async #open(model: ChannelModel): Promise<void> {
    let amqpChannel: Channel | undefined;
    try {
      amqpChannel = await this.plan.create(model);
      this.#watch(amqpChannel);
      if (this.#isClosed) return void (await settledWithin(amqpChannel.close(), CLOSE_MS));
      this.current = amqpChannel;
      await this.plan.setUp(amqpChannel, model);
      if (this.current !== amqpChannel) return; // It was lost in the last moment, and `#lost` has seen to it.
      this.isSetUp = true;
      this.#attempt = 0;
      this.#wasReady = true;
      this.#resolveReady();
      this.#listener.ready();
    } catch (error) {
      // A refusal has closed the AMQP channel, and so has a lost connection: `#lost` knows of both. The rest is ours to end.
      if (amqpChannel !== undefined && this.current === amqpChannel) this.renew(error as Error);
      // The connection lives on, so there is no next one that would open this AMQP channel again.
      if (amqpChannel === undefined && isOutOfChannels(error)) this.#again(error as Error);
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
    this.isSetUp = false;
    this.plan.lost?.(refusal);
    if (refusal) this.#again(refusal);
  }

  /** Gives the AMQP channel up and opens another one: its consumer was cancelled, or it never became what it should be. */
  renew(why: Error): void {
    const old = this.current;
    if (old === undefined) return;
    this.#lost(old, why);
    old.close().catch(() => {}); // It may be closing already. Either way it ends.
  }

  #again(why: Error): void {
    if (this.#isClosed) return;
    if (!this.#wasReady) {
      this.#isClosed = true;
      this.#rejectReady(why);
      return;
    }
    this.#listener.failed(why);
    const model = this.#model;
    this.#timer = setTimeout(
      () => {
        this.#opening = undefined;
        // If the connection was lost meanwhile, the next one opens this AMQP channel by itself.
        if (model && this.#model === model && this.current === undefined) void this.openOn(model);
      },
      pauseBefore(this.#attempt++, this.#pauses),
    );
  }

  /** Closes the AMQP channel for good, after what is in its buffer. What was not acked goes back to its queue. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#rejectReady(new Error("the connection is closed"));
    const old = this.current;
    this.current = undefined;
    this.isSetUp = false;
    if (old === undefined) return;
    this.plan.lost?.(undefined);
    // An AMQP channel whose connection dies now never answers the close.
    const gone = new Promise<void>((resolve) => old.once("close", resolve));
    await settledWithin(Promise.race([old.close(), gone]), CLOSE_MS);
  }
}

/**
 * Opens an AMQP channel, does `work` on it and closes it, however the work ends. Throws what `work` throws. When the
 * connection ends, this ends too: then nobody answers the close.
 */
export async function onTemporaryChannel<T>(
  model: ChannelModel,
  work: (amqpChannel: Channel) => Promise<T>,
): Promise<T> {
  const amqpChannel = await model.createChannel();
  let isOpen = true;
  const closed = new Promise<void>((resolve) =>
    amqpChannel.once("close", () => {
      isOpen = false;
      resolve();
    }),
  );
  amqpChannel.on("error", () => {}); // The call that caused it rejects with the same text.
  try {
    return await work(amqpChannel);
  } finally {
    if (isOpen) {
      amqpChannel.close().catch(() => {}); // The connection ends in this very moment, and `closed` with it.
      await closed;
    }
  }
}
