/**
 * One client: the handshake, the AMQP channels it opens, and how it ends.
 *
 *     client                          broker
 *       | --- "AMQP" 0 0 9 1 --------> |
 *       | <-- start ------------------ |   who we are, what we can
 *       | --- start-ok --------------> |   user and password
 *       | <-- tune ------------------- |   AMQP channels, frame size, heartbeat: our bounds
 *       | --- tune-ok, open ---------> |   the client's choice within them, and a virtual host
 *       | <-- open-ok ---------------- |   running
 *
 * 1. The states follow each other as drawn; a method in the wrong state ends the connection.
 * 2. However a connection ends, its AMQP channels are closed first (unacked jobs go back to their queues), then its
 *    exclusive queues are deleted.
 * 3. After a hard error only close and close-ok are heard; after a soft one the same holds for that AMQP channel.
 */
import type { Socket } from "node:net";
import type { VirtualHost } from "../engine/virtual-host.ts";
import { AmqpError, frameError } from "../wire/errors.ts";
import { FRAME, type Frame } from "../wire/frames.ts";
import {
  type Args,
  decodeMethod,
  idsOf,
  type Method,
  type MethodName,
  methodNameOf,
} from "../wire/methods.ts";
import { AmqpChannel } from "./amqp-channel.ts";
import type { DirectReplies } from "./direct-replies.ts";
import { handleContent, handleMethod } from "./handlers.ts";
import { assertTuning, canDo, checkLogin, serverProperties } from "./handshake.ts";
import type { Limits } from "./limits.ts";
import { Transport } from "./transport.ts";

/** What all connections of a broker share. */
export interface Broker {
  readonly host: VirtualHost;
  readonly limits: Limits;
  readonly heartbeatSeconds: number;
  readonly directReplies: DirectReplies;
  /** A bug in the broker: an error that is no protocol error. */
  onBug(error: unknown): void;
  onClosed(connection: Connection): void;
}

type State = "starting" | "tuning" | "opening" | "running" | "closing" | "closed";

export class Connection {
  readonly broker: Broker;
  readonly transport: Transport;
  state: State = "starting";
  canBeCancelled = false;
  readonly #amqpChannels = new Map<number, AmqpChannel>();
  #amqpChannelMax = 0;
  #canBeBlocked = false;
  #canHearRefusal = false;
  #isPublisher = false;
  #isAlarmed = false;
  #method: MethodName | undefined;

  constructor(socket: Socket, broker: Broker) {
    this.broker = broker;
    this.transport = new Transport(socket, broker.limits.frameMax, broker.limits.unsentBytes, {
      onFrame: (frame) => this.#onFrame(frame),
      onError: (error) => {
        this.#method = undefined;
        this.#fail(error, 0);
      },
      onIdle: () => this.#sendConfirms(),
      onDrain: () => this.#wakeConsumers(),
      onClose: () => this.#closed(),
    });
  }

  start(first: Buffer): void {
    this.transport.send(0, "connection.start", {
      major: 0,
      minor: 9,
      serverProperties: serverProperties(),
      mechanisms: "PLAIN AMQPLAIN",
      locales: "en_US",
    });
    this.transport.start(first);
  }

  #onFrame(frame: Frame): void {
    this.#method = undefined;
    try {
      if (frame.type === FRAME.heartbeat) return;
      if (frame.type !== FRAME.method && frame.type !== FRAME.header && frame.type !== FRAME.body) {
        throw frameError(frame.type, frame.payload, "unknown_frame");
      }
      if (frame.amqpChannel === 0) this.#onConnectionFrame(frame);
      else if (this.state === "running") this.#onAmqpChannelFrame(frame);
      else if (this.state !== "closing")
        throw new AmqpError("CHANNEL_ERROR", "the connection is not open yet");
    } catch (error) {
      this.#fail(error, frame.amqpChannel);
    }
  }

  #onAmqpChannelFrame(frame: Frame): void {
    const amqpChannel = this.#amqpChannels.get(frame.amqpChannel);
    if (frame.type !== FRAME.method) {
      if (!amqpChannel) {
        throw new AmqpError("UNEXPECTED_FRAME", "expected method frame, got non method frame instead");
      }
      if (amqpChannel.assembly.isBusy) this.#method = "basic.publish";
      if (!amqpChannel.isClosed) handleContent(amqpChannel, frame);
      return;
    }
    const method = this.#decode(frame);
    if (!amqpChannel) {
      this.#openAmqpChannel(frame.amqpChannel, method);
    } else if (method.name === "channel.close") {
      // When both sides close at once, the client's close-ok to our close is still to come.
      if (!amqpChannel.isClosed) this.#amqpChannels.delete(frame.amqpChannel);
      amqpChannel.close();
      amqpChannel.send("channel.close-ok", {});
    } else if (method.name === "channel.close-ok" && amqpChannel.isClosed) {
      this.#amqpChannels.delete(frame.amqpChannel);
    } else if (amqpChannel.assembly.isBusy) {
      this.#method = "basic.publish";
      amqpChannel.assembly.refuseMethod();
    } else if (!amqpChannel.isClosed) {
      handleMethod(amqpChannel, method);
    }
  }

  #openAmqpChannel(id: number, method: Method): void {
    if (method.name !== "channel.open") throw new AmqpError("CHANNEL_ERROR", "expected 'channel.open'");
    if (this.#amqpChannels.size >= this.#amqpChannelMax) {
      this.#method = undefined;
      throw new AmqpError(
        "NOT_ALLOWED",
        `number of channels opened (${this.#amqpChannels.size}) has reached the negotiated channel_max (${this.#amqpChannelMax})`,
      );
    }
    this.#amqpChannels.set(id, new AmqpChannel(id, this));
    this.transport.send(id, "channel.open-ok", {});
  }

  #onConnectionFrame(frame: Frame): void {
    if (frame.type !== FRAME.method) throw new AmqpError("UNEXPECTED_FRAME", "content on channel 0");
    const method = this.#decode(frame);
    if (method.name === "connection.close") this.#closedByClient();
    else if (method.name === "connection.close-ok") this.transport.end();
    else if (this.state !== "closing") this.#step(method);
  }

  #decode(frame: Frame): Method {
    this.#method = methodNameOf(frame.payload);
    return decodeMethod(frame.payload);
  }

  #step(method: Method): void {
    const step = `${this.state} ${method.name}`;
    if (step === "starting connection.start-ok") this.#login(method.args as Args<"connection.start-ok">);
    else if (step === "tuning connection.tune-ok") this.#tuned(method.args as Args<"connection.tune-ok">);
    else if (step === "opening connection.open") this.#open(method.args as Args<"connection.open">);
    else if (step === "running connection.update-secret")
      this.transport.send(0, "connection.update-secret-ok", {});
    else throw new AmqpError("CHANNEL_ERROR", `unexpected method in connection state ${this.state}`);
  }

  #login(args: Args<"connection.start-ok">): void {
    this.canBeCancelled = canDo(args.clientProperties, "consumer_cancel_notify");
    this.#canBeBlocked = canDo(args.clientProperties, "connection.blocked");
    this.#canHearRefusal = canDo(args.clientProperties, "authentication_failure_close");
    this.#method = undefined;
    checkLogin(args.mechanism, args.response);
    const { amqpChannelMax, frameMax } = this.broker.limits;
    this.state = "tuning";
    const heartbeat = this.broker.heartbeatSeconds;
    this.transport.send(0, "connection.tune", { channelMax: amqpChannelMax, frameMax, heartbeat });
  }

  #tuned(args: Args<"connection.tune-ok">): void {
    const { amqpChannelMax, frameMax } = this.broker.limits;
    assertTuning("frame_max", args.frameMax, frameMax, 4096);
    assertTuning("channel_max", args.channelMax, amqpChannelMax, 1);
    this.#amqpChannelMax = args.channelMax;
    this.transport.tune(args.frameMax, args.heartbeat);
    this.state = "opening";
  }

  #open(args: Args<"connection.open">): void {
    if (args.virtualHost !== "/") throw new AmqpError("NOT_ALLOWED", `vhost ${args.virtualHost} not found`);
    this.state = "running";
    this.transport.send(0, "connection.open-ok", {});
  }

  /** Turns what was thrown into a close: of the AMQP channel, or of the connection. */
  #fail(thrown: unknown, id: number): void {
    let error: AmqpError;
    if (thrown instanceof AmqpError) {
      error = thrown;
    } else {
      this.broker.onBug(thrown);
      error = new AmqpError("INTERNAL_ERROR", "the broker has a bug");
    }
    const [classId, methodId] = this.#method ? idsOf(this.#method) : [0, 0];
    const close = { replyCode: error.code, replyText: error.message, classId, methodId };
    const amqpChannel = this.#amqpChannels.get(id);
    if (error.isHard || !amqpChannel) {
      this.#closeWith(close);
    } else {
      amqpChannel.close();
      amqpChannel.send("channel.close", close);
    }
  }

  #closeWith(close: Args<"connection.close">): void {
    if (this.state === "closing" || this.state === "closed") return;
    // Before the connection is open a client may take a close for garbage: like RabbitMQ we end the socket, and say why
    // only to clients that asked to hear about refused logins.
    const wasRefused = this.state === "starting" || this.state === "tuning";
    const canHear = !wasRefused || (this.#canHearRefusal && close.replyCode === 403);
    this.#release();
    this.state = "closing";
    if (canHear) this.transport.send(0, "connection.close", close);
    if (wasRefused) this.transport.end();
    else this.transport.destroyAfter(3_000);
  }

  #closedByClient(): void {
    this.#release();
    this.state = "closing";
    this.transport.send(0, "connection.close-ok", {});
    this.transport.end();
  }

  /** Ends the connection from the broker's side: 320, as RabbitMQ does on shutdown. */
  shutdown(): void {
    const error = new AmqpError(
      "CONNECTION_FORCED",
      "broker forced connection closure with reason 'shutdown'",
    );
    if (this.state !== "running") this.transport.destroy();
    else this.#closeWith({ replyCode: error.code, replyText: error.message, classId: 0, methodId: 0 });
  }

  #release(): void {
    for (const amqpChannel of this.#amqpChannels.values()) amqpChannel.close();
    this.#amqpChannels.clear();
    this.broker.host.releaseOwner(this);
    this.transport.resumeReading();
  }

  #closed(): void {
    this.state = "closed";
    this.#release();
    this.broker.onClosed(this);
  }

  #sendConfirms(): void {
    for (const amqpChannel of this.#amqpChannels.values()) amqpChannel.sendConfirms();
  }

  #wakeConsumers(): void {
    for (const amqpChannel of this.#amqpChannels.values()) amqpChannel.wakeConsumers();
  }

  /** Called for every publish: a publisher is held while memory is short. */
  notePublish(): void {
    if (this.#isPublisher) return;
    this.#isPublisher = true;
    if (this.#isAlarmed) this.#block();
  }

  /** Memory is short, or no longer. */
  alarm(isAlarmed: boolean): void {
    if (this.#isAlarmed === isAlarmed) return;
    this.#isAlarmed = isAlarmed;
    if (!this.#isPublisher || this.state !== "running") return;
    if (isAlarmed) {
      this.#block();
    } else {
      this.transport.resumeReading();
      if (this.#canBeBlocked) this.transport.send(0, "connection.unblocked", {});
    }
  }

  #block(): void {
    this.transport.stopReading();
    if (this.#canBeBlocked) this.transport.send(0, "connection.blocked", { reason: "low on memory" });
  }
}
