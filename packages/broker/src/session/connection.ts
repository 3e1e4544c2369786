/**
 * One client's connection: its AMQP channels, and how it ends.
 *
 * 1. However a connection ends, its AMQP channels are closed first (unacked deliveries go back to their queues), then its
 *    exclusive queues are deleted.
 * 2. After a hard error only close and close-ok are handled. After a soft one the same holds for that AMQP channel.
 */
import type { Socket } from "node:net";
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
import type { Broker } from "./broker.ts";
import { handleContent, handleMethod } from "./handlers.ts";
import { type ClientCapabilities, Handshake } from "./handshake.ts";
import { Transport } from "./transport.ts";

export class Connection {
  readonly broker: Broker;
  readonly transport: Transport;
  readonly #handshake: Handshake;
  readonly #amqpChannels = new Map<number, AmqpChannel>();
  #isClosing = false;
  #isPublisher = false;
  #isAlarmed = false;
  /** The method at hand, which a close names as its cause. */
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
    this.#handshake = new Handshake(this.transport, broker.limits, broker.heartbeatSeconds);
  }

  /** `first` holds the bytes that came with the protocol header. */
  start(first: Buffer): void {
    this.#handshake.start();
    this.transport.start(first);
  }

  get capabilities(): ClientCapabilities {
    return this.#handshake.capabilities;
  }

  /** Whether the handshake is over and the connection has not begun to close. */
  get isOpen(): boolean {
    return this.#handshake.state === "running" && !this.#isClosing;
  }

  #onFrame(frame: Frame): void {
    this.#method = undefined;
    try {
      if (frame.type === FRAME.heartbeat) return;
      if (frame.type !== FRAME.method && frame.type !== FRAME.header && frame.type !== FRAME.body) {
        throw frameError(frame.type, frame.payload, "unknown_frame");
      }
      if (frame.amqpChannel === 0) this.#onConnectionFrame(frame);
      else if (this.isOpen) this.#onAmqpChannelFrame(frame);
      else if (!this.#isClosing) throw new AmqpError("CHANNEL_ERROR", "the connection is not open yet");
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
      // When both sides close at once, the client's close-ok is still to come.
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
    const { amqpChannelMax } = this.#handshake;
    if (this.#amqpChannels.size >= amqpChannelMax) {
      this.#method = undefined;
      throw new AmqpError(
        "NOT_ALLOWED",
        `number of channels opened (${this.#amqpChannels.size}) has reached the negotiated channel_max (${amqpChannelMax})`,
      );
    }
    this.#amqpChannels.set(id, new AmqpChannel(id, this));
    this.transport.send(id, "channel.open-ok", {});
  }

  #onConnectionFrame(frame: Frame): void {
    if (frame.type !== FRAME.method) throw new AmqpError("UNEXPECTED_FRAME", "content on AMQP channel 0");
    const method = this.#decode(frame);
    if (method.name === "connection.close") {
      this.#closedByClient();
    } else if (method.name === "connection.close-ok") {
      this.transport.end();
    } else if (method.name === "connection.update-secret" && this.isOpen) {
      this.transport.send(0, "connection.update-secret-ok", {});
    } else if (!this.#isClosing) {
      // As in RabbitMQ, the close after a refused login names no method.
      if (method.name === "connection.start-ok") this.#method = undefined;
      this.#handshake.step(method);
    }
  }

  #decode(frame: Frame): Method {
    this.#method = methodNameOf(frame.payload);
    return decodeMethod(frame.payload);
  }

  /** Closes an AMQP channel because of something that no method of the client has caused. */
  failAmqpChannel(id: number, error: AmqpError): void {
    this.#method = undefined;
    this.#fail(error, id);
  }

  /** Closes the AMQP channel, or the connection, because of what was thrown. */
  #fail(thrown: unknown, id: number): void {
    let error: AmqpError;
    if (thrown instanceof AmqpError) {
      error = thrown;
    } else {
      this.broker.onBug(thrown);
      error = new AmqpError("INTERNAL_ERROR", "the broker has a bug");
    }
    const amqpChannel = this.#amqpChannels.get(id);
    if (error.isHard || !amqpChannel) {
      this.#closeWith(error);
    } else {
      amqpChannel.close();
      amqpChannel.send("channel.close", this.#closeArgs(error));
    }
  }

  #closeArgs(error: AmqpError): Args<"connection.close"> {
    const [classId, methodId] = this.#method ? idsOf(this.#method) : [0, 0];
    return { replyCode: error.code, replyText: error.message, classId, methodId };
  }

  #closeWith(error: AmqpError): void {
    if (this.#isClosing) return;
    // Before the tuning is over a client may not understand a close. Like RabbitMQ, the broker only ends the socket then,
    // except for a refused login if the client asked to hear of it.
    const isEarly = this.#handshake.state === "starting" || this.#handshake.state === "tuning";
    const isHeard = !isEarly || (this.capabilities.authenticationFailureClose && error.code === 403);
    this.#release();
    this.#isClosing = true;
    if (isHeard) this.transport.send(0, "connection.close", this.#closeArgs(error));
    if (isEarly) this.transport.end();
    else this.transport.destroyAfter(3_000);
  }

  #closedByClient(): void {
    this.#release();
    this.#isClosing = true;
    this.transport.send(0, "connection.close-ok", {});
    this.transport.end();
  }

  /** Ends the connection from the broker's side: 320, as RabbitMQ does on shutdown. */
  shutdown(): void {
    this.#method = undefined;
    const reason = "broker forced connection closure with reason 'shutdown'";
    if (this.isOpen) this.#closeWith(new AmqpError("CONNECTION_FORCED", reason));
    else this.transport.destroy();
  }

  #release(): void {
    for (const amqpChannel of this.#amqpChannels.values()) amqpChannel.close();
    this.#amqpChannels.clear();
    this.broker.virtualHost.deleteQueuesOf(this);
    this.transport.resumeReading();
  }

  #closed(): void {
    this.#isClosing = true;
    this.#release();
    this.broker.onClosed(this);
  }

  #sendConfirms(): void {
    for (const amqpChannel of this.#amqpChannels.values()) amqpChannel.sendConfirms();
  }

  #wakeConsumers(): void {
    for (const amqpChannel of this.#amqpChannels.values()) amqpChannel.wakeConsumers();
  }

  /** Called for every publish: only publishers are blocked while memory is short. */
  notePublish(): void {
    if (this.#isPublisher) return;
    this.#isPublisher = true;
    if (this.#isAlarmed) this.#block();
  }

  /** Tells that the memory alarm was raised or cleared. */
  alarm(isAlarmed: boolean): void {
    if (this.#isAlarmed === isAlarmed) return;
    this.#isAlarmed = isAlarmed;
    if (!this.#isPublisher || !this.isOpen) return;
    if (isAlarmed) {
      this.#block();
    } else {
      this.transport.resumeReading();
      if (this.capabilities.connectionBlocked) this.transport.send(0, "connection.unblocked", {});
    }
  }

  #block(): void {
    this.transport.stopReading();
    if (this.capabilities.connectionBlocked)
      this.transport.send(0, "connection.blocked", { reason: "low on memory" });
  }
}
