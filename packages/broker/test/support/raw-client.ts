/**
 * A client for checks of the protocol: it sends exactly what a check tells it, and keeps everything that it receives.
 *
 * 1. `received` holds the methods in order of arrival and only grows.
 * 2. A check waits for something with a name. After ten seconds that is an error, which shows what was received instead.
 */
import { connect, type Socket } from "node:net";
import { PROTOCOL_HEADER } from "../../src/session/protocol-header.ts";
import { FRAME, type Frame, FrameParser, writeContent, writeFrame } from "../../src/wire/frames.ts";
import {
  type Args,
  decodeMethod,
  encodeMethod,
  type Method,
  type MethodName,
} from "../../src/wire/methods.ts";
import { decodeProperties, encodeProperties, type Properties } from "../../src/wire/properties.ts";
import { Writer } from "../../src/wire/writer.ts";
import { table } from "./fields.ts";
import { lineOf, type Received } from "./transcript.ts";

export interface RawOptions {
  readonly user?: string;
  readonly password?: string;
  readonly mechanism?: string;
  readonly response?: string;
  readonly virtualHost?: string;
  readonly capabilities?: readonly string[];
  readonly frameMax?: number;
  readonly amqpChannelMax?: number;
  readonly heartbeat?: number;
  /** Stops before tune-ok and open. */
  readonly untilTune?: boolean;
}

const CAPABILITIES = [
  "consumer_cancel_notify",
  "connection.blocked",
  "authentication_failure_close",
  "basic.nack",
];

const OPENING: readonly MethodName[] = [
  "connection.start",
  "connection.tune",
  "connection.open-ok",
  "channel.open-ok",
];

/** The AMQP channel that `fill` publishes on, out of the way of the checks. */
const FILLER = 2_000;

export class RawClient {
  readonly socket: Socket;
  readonly received: Received[] = [];
  isClosed = false;
  readonly #parser = new FrameParser(1_000_000);
  readonly #wakers = new Set<() => void>();
  #filled = 0;
  #awaiting: { received: Received; missing: number; parts: Buffer[] } | undefined;

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.on("data", (chunk) => {
      this.#parser.push(chunk);
      for (let frame = this.#next(); frame; frame = this.#next()) this.#receive(frame);
      for (const wake of this.#wakers) wake();
    });
    this.socket.on("error", () => {});
    this.socket.on("close", () => {
      this.isClosed = true;
      for (const wake of this.#wakers) wake();
    });
  }

  #next(): Frame | undefined {
    try {
      return this.#parser.next();
    } catch {
      return undefined;
    }
  }

  /** Connects and opens AMQP channel 1. */
  static async open(port: number, options: RawOptions = {}): Promise<RawClient> {
    const client = await RawClient.connect(port, options);
    await client.call(1, "channel.open", {});
    return client;
  }

  /** Goes through the handshake, to open-ok or a close. */
  static async connect(port: number, options: RawOptions = {}): Promise<RawClient> {
    const { user = "guest", password = "guest", mechanism = "PLAIN" } = options;
    const client = new RawClient(port);
    client.socket.write(PROTOCOL_HEADER);
    await client.until("connection.start");
    const names = options.capabilities ?? CAPABILITIES;
    const capabilities = table(Object.fromEntries(names.map((name) => [name, true])));
    client.send(0, "connection.start-ok", {
      clientProperties: table({ capabilities: { type: "F", value: capabilities } }),
      mechanism,
      response: options.response ?? `\u0000${user}\u0000${password}`,
      locale: "en_US",
    });
    if (!(await client.until("connection.tune", "connection.close")) || options.untilTune) return client;
    if (client.last?.name !== "connection.tune") return client;
    client.tune(options);
    await client.until("connection.open-ok", "connection.close");
    return client;
  }

  tune(options: RawOptions): void {
    const { frameMax = 131_072, amqpChannelMax = 2_047, heartbeat = 0, virtualHost = "/" } = options;
    this.send(0, "connection.tune-ok", { channelMax: amqpChannelMax, frameMax, heartbeat });
    this.send(0, "connection.open", { virtualHost });
  }

  get last(): Method | undefined {
    return this.received.at(-1)?.method;
  }

  send<N extends MethodName>(amqpChannel: number, name: N, args: Partial<Args<N>>): void {
    const writer = new Writer();
    writeFrame(writer, FRAME.method, amqpChannel, () => encodeMethod(writer, name, args));
    this.socket.write(writer.take());
  }

  /** Sends a method and waits for its reply or a close; throws when the connection ends without either. */
  async call<N extends MethodName>(amqpChannel: number, name: N, args: Partial<Args<N>>): Promise<Received> {
    const from = this.received.length;
    this.send(amqpChannel, name, args);
    const replies = name === "basic.get" ? ["basic.get-ok", "basic.get-empty"] : [`${name}-ok`];
    return this.#find(
      from,
      (received) => {
        const { method } = received;
        if (method.name === "connection.close") return true;
        return received.amqpChannel === amqpChannel && [...replies, "channel.close"].includes(method.name);
      },
      replies.join(" or "),
    );
  }

  publish(
    amqpChannel: number,
    args: Partial<Args<"basic.publish">>,
    body: string | Buffer = "",
    properties: Properties = {},
  ): void {
    this.send(amqpChannel, "basic.publish", args);
    const writer = new Writer();
    writeContent(writer, amqpChannel, encodeProperties(properties), Buffer.from(body), 131_072);
    this.socket.write(writer.take());
  }

  /** Publishes to a queue and waits for the confirms, so that the messages can be counted. */
  async fill(queue: string, ...bodies: string[]): Promise<void> {
    if (!this.received.some(({ amqpChannel }) => amqpChannel === FILLER)) {
      await this.call(FILLER, "channel.open", {});
      await this.call(FILLER, "confirm.select", {});
    }
    for (const body of bodies) this.publish(FILLER, { routingKey: queue }, body);
    this.#filled += bodies.length;
    const isConfirmed = ({ amqpChannel, method }: Received): boolean =>
      amqpChannel === FILLER && method.name === "basic.ack" && method.args.deliveryTag === this.#filled;
    await this.#wait(() => bodies.length === 0 || this.received.some(isConfirmed), "the confirms");
  }

  /** Waits until the messages up to the `count`th of an AMQP channel are confirmed. */
  async confirmed(amqpChannel: number, count: number): Promise<void> {
    const tags = (): number[] =>
      this.received.flatMap(({ method, amqpChannel: id }) =>
        id !== amqpChannel || method.name !== "basic.ack"
          ? []
          : method.args.multiple
            ? Array.from({ length: method.args.deliveryTag }, (_, index) => index + 1)
            : [method.args.deliveryTag],
      );
    await this.#wait(() => new Set(tags()).size >= count, `${count} confirms`);
  }

  /** Waits until one of these methods was received. Returns false when the socket closes first. */
  async until(...names: MethodName[]): Promise<boolean> {
    const ok = () => this.received.some(({ method }) => names.includes(method.name));
    await this.#wait(() => ok() || this.isClosed, names.join(" or "));
    return ok();
  }

  /** Waits until `count` methods of that name were received, and returns all of them. */
  async all<N extends MethodName>(
    name: N,
    count: number,
  ): Promise<(Received & { method: { name: N; args: Args<N> } })[]> {
    const found = () => this.received.filter(({ method }) => method.name === name);
    await this.#wait(() => found().length >= count, `${count} times ${name}`);
    return found() as (Received & { method: { name: N; args: Args<N> } })[];
  }

  async closed(): Promise<void> {
    await this.#wait(() => this.isClosed, "the end of the connection");
  }

  async #find(from: number, test: (received: Received) => boolean, what: string): Promise<Received> {
    const found = () => this.received.slice(from).find(test);
    await this.#wait(() => found() !== undefined || this.isClosed, what);
    const received = found();
    if (!received)
      throw new Error(`the connection ended instead of ${what}; received:\n${this.lines().join("\n")}`);
    return received;
  }

  #wait(isDone: () => boolean, what: string): Promise<void> {
    if (isDone()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        settle();
      };
      const wake = (): void => {
        if (isDone()) finish(resolve);
      };
      const timer = setTimeout(
        () => finish(() => reject(new Error(`waited for ${what}; received:\n${this.lines().join("\n")}`))),
        10_000,
      );
      this.#wakers.add(wake);
    });
  }

  #receive(frame: Frame): void {
    if (frame.type === FRAME.heartbeat) return;
    const awaiting = this.#awaiting;
    if (frame.type === FRAME.header && awaiting) {
      awaiting.missing = Number(frame.payload.readBigUInt64BE(4));
      awaiting.received.properties = decodeProperties(frame.payload.subarray(12));
    } else if (frame.type === FRAME.body && awaiting) {
      awaiting.parts.push(frame.payload);
      awaiting.missing -= frame.payload.length;
    } else {
      this.#receiveMethod({ amqpChannel: frame.amqpChannel, method: decodeMethod(frame.payload) });
    }
    if (!this.#awaiting || this.#awaiting.missing > 0) return;
    this.#awaiting.received.body = Buffer.concat(this.#awaiting.parts);
    this.received.push(this.#awaiting.received);
    this.#awaiting = undefined;
  }

  #receiveMethod(received: Received): void {
    const { name } = received.method;
    if (name === "basic.deliver" || name === "basic.return" || name === "basic.get-ok") {
      this.#awaiting = { received, missing: Number.POSITIVE_INFINITY, parts: [] };
      return;
    }
    this.received.push(received);
    if (name === "channel.close") this.send(received.amqpChannel, "channel.close-ok", {});
    if (name === "connection.close") {
      this.send(0, "connection.close-ok", {});
      this.socket.end();
    }
    // RabbitMQ leaves it to the client to end the socket.
    if (name === "connection.close-ok") this.socket.destroy();
  }

  /** What was received, one line per method: the named ones, or all but those that open connection and AMQP channels. */
  lines(...names: MethodName[]): string[] {
    return this.received
      .filter(({ method: { name } }) => (names.length === 0 ? !OPENING.includes(name) : names.includes(name)))
      .map((received) => lineOf(received));
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.send(0, "connection.close", { replyCode: 200, replyText: "bye" });
    await this.closed();
  }
}
