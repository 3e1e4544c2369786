/**
 * A client that says exactly what it is told and writes down all it hears: for checks of what goes over the wire.
 *
 * 1. `heard` holds every method in order of arrival, one line each, and only grows.
 * 2. Waiting is always for something named; what does not come within ten seconds is an error that shows what came.
 */
import { connect, type Socket } from "node:net";
import type { Field, Table } from "../../src/wire/field.ts";
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

export interface Heard {
  readonly amqpChannel: number;
  readonly method: Method;
  properties?: Properties;
  body?: Buffer;
}

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
  /** Stop before tune-ok and open. */
  readonly untilTune?: boolean;
}

export const CAPABILITIES = [
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

export class RawClient {
  readonly socket: Socket;
  readonly heard: Heard[] = [];
  isClosed = false;
  readonly #parser = new FrameParser(1_000_000);
  readonly #wakers = new Set<() => void>();
  #filled = 0;
  #awaiting: { heard: Heard; missing: number; parts: Buffer[] } | undefined;

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.on("data", (chunk) => {
      this.#parser.push(chunk);
      for (let frame = this.#next(); frame; frame = this.#next()) this.#hear(frame);
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

  /** Goes through the handshake, with open-ok or a close as its end. */
  static async connect(port: number, options: RawOptions = {}): Promise<RawClient> {
    const { user = "guest", password = "guest", mechanism = "PLAIN" } = options;
    const client = new RawClient(port);
    client.socket.write(Buffer.from("AMQP\u0000\u0000\u0009\u0001", "latin1"));
    await client.until("connection.start");
    const capabilities = new Map((options.capabilities ?? CAPABILITIES).map((name) => [name, flag(true)]));
    client.send(0, "connection.start-ok", {
      clientProperties: new Map([["capabilities", { type: "F", value: capabilities }]]),
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
    return this.heard.at(-1)?.method;
  }

  send<N extends MethodName>(amqpChannel: number, name: N, args: Partial<Args<N>>): void {
    const writer = new Writer();
    writeFrame(writer, FRAME.method, amqpChannel, () => encodeMethod(writer, name, args));
    this.socket.write(writer.take());
  }

  /** Sends a method and waits for its answer (or a close); throws when something else is the end. */
  async call<N extends MethodName>(amqpChannel: number, name: N, args: Partial<Args<N>>): Promise<Heard> {
    const from = this.heard.length;
    this.send(amqpChannel, name, args);
    const answers = name === "basic.get" ? ["basic.get-ok", "basic.get-empty"] : [`${name}-ok`];
    return this.#find(
      from,
      (heard) => {
        const { method } = heard;
        if (method.name === "connection.close") return true;
        return heard.amqpChannel === amqpChannel && [...answers, "channel.close"].includes(method.name);
      },
      answers.join(" or "),
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

  /** Publishes to a queue and waits for the confirms: only then is a count of what waits worth anything. */
  async fill(queue: string, ...bodies: string[]): Promise<void> {
    const filler = 2_000;
    if (!this.heard.some(({ amqpChannel }) => amqpChannel === filler)) {
      await this.call(filler, "channel.open", {});
      await this.call(filler, "confirm.select", {});
    }
    for (const body of bodies) this.publish(filler, { routingKey: queue }, body);
    this.#filled += bodies.length;
    const isConfirmed = ({ amqpChannel, method }: Heard): boolean =>
      amqpChannel === filler && method.name === "basic.ack" && method.args.deliveryTag === this.#filled;
    await this.#wait(() => bodies.length === 0 || this.heard.some(isConfirmed), "the confirms");
  }

  /** Waits until one of these methods was heard at all. False: the socket closed first. */
  async until(...names: MethodName[]): Promise<boolean> {
    const ok = () => this.heard.some(({ method }) => names.includes(method.name));
    await this.#wait(() => ok() || this.isClosed, names.join(" or "));
    return ok();
  }

  /** Waits until `count` methods of that name were heard, and returns them. */
  async all<N extends MethodName>(
    name: N,
    count: number,
  ): Promise<(Heard & { method: { name: N; args: Args<N> } })[]> {
    const found = () => this.heard.filter(({ method }) => method.name === name);
    await this.#wait(() => found().length >= count, `${count} times ${name}`);
    return found() as (Heard & { method: { name: N; args: Args<N> } })[];
  }

  async closed(): Promise<void> {
    await this.#wait(() => this.isClosed, "the end of the connection");
  }

  async #find(from: number, test: (heard: Heard) => boolean, what: string): Promise<Heard> {
    const found = () => this.heard.slice(from).find(test);
    await this.#wait(() => found() !== undefined || this.isClosed, what);
    const heard = found();
    if (!heard)
      throw new Error(`the connection ended instead of ${what}; heard:\n${this.lines().join("\n")}`);
    return heard;
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
        () =>
          finish(() => reject(new Error(`waited in vain for ${what}; heard:\n${this.lines().join("\n")}`))),
        10_000,
      );
      this.#wakers.add(wake);
    });
  }

  #hear(frame: Frame): void {
    if (frame.type === FRAME.heartbeat) return;
    const awaiting = this.#awaiting;
    if (frame.type === FRAME.header && awaiting) {
      awaiting.missing = Number(frame.payload.readBigUInt64BE(4));
      awaiting.heard.properties = decodeProperties(frame.payload.subarray(12));
    } else if (frame.type === FRAME.body && awaiting) {
      awaiting.parts.push(frame.payload);
      awaiting.missing -= frame.payload.length;
    } else {
      this.#hearMethod({ amqpChannel: frame.amqpChannel, method: decodeMethod(frame.payload) });
    }
    if (!this.#awaiting || this.#awaiting.missing > 0) return;
    this.#awaiting.heard.body = Buffer.concat(this.#awaiting.parts);
    this.heard.push(this.#awaiting.heard);
    this.#awaiting = undefined;
  }

  #hearMethod(heard: Heard): void {
    const { name } = heard.method;
    if (name === "basic.deliver" || name === "basic.return" || name === "basic.get-ok") {
      this.#awaiting = { heard, missing: Number.POSITIVE_INFINITY, parts: [] };
      return;
    }
    this.heard.push(heard);
    if (name === "channel.close") this.send(heard.amqpChannel, "channel.close-ok", {});
    if (name === "connection.close") {
      this.send(0, "connection.close-ok", {});
      this.socket.end();
    }
    // RabbitMQ leaves it to the client to end the socket.
    if (name === "connection.close-ok") this.socket.destroy();
  }

  /** What was heard, one line per method; only the named ones when names are given, else all but what opens things. */
  lines(...names: MethodName[]): string[] {
    return this.heard
      .filter(({ method: { name } }) => (names.length === 0 ? !OPENING.includes(name) : names.includes(name)))
      .map((heard) => lineOf(heard));
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.send(0, "connection.close", { replyCode: 200, replyText: "bye" });
    await this.closed();
  }
}

/** `basic.deliver consumerTag=a deliveryTag=1 ... "body"`: fields that are empty, zero or false are left out. */
export function lineOf({ method, properties, body }: Heard): string {
  const parts: string[] = [method.name];
  for (const [key, value] of Object.entries(method.args)) {
    const shown = value instanceof Map ? tableText(value) : String(value);
    if (value !== 0 && value !== "" && value !== false && shown !== "{}") parts.push(`${key}=${shown}`);
  }
  for (const [key, value] of Object.entries(properties ?? {})) {
    parts.push(`${key}=${value instanceof Map ? tableText(value) : String(value)}`);
  }
  if (body) parts.push(body.length > 60 ? `<${body.length} bytes>` : JSON.stringify(body.toString("latin1")));
  return parts.join(" ");
}

/** A table with its types: `{count:l=1 queue:S=jobs}`. */
export function tableText(table: Table): string {
  return `{${[...table].map(([key, field]) => `${key}:${fieldText(field)}`).join(" ")}}`;
}

function fieldText(field: Field): string {
  if (field.type === "F") return tableText(field.value);
  if (field.type === "A") return `[${field.value.map(fieldText).join(" ")}]`;
  return `${field.type}=${field.type === "D" ? JSON.stringify(field.value) : String(field.value)}`;
}

// Short spellings of fields, for arguments and headers.
export const text = (value: string): Field => ({ type: "S", value });
export const int = (value: number): Field => ({ type: "I", value });
export const flag = (value: boolean): Field => ({ type: "t", value });
export function table(fields: Record<string, Field | string | number | boolean>): Table {
  return new Map(Object.entries(fields).map(([key, value]) => [key, fieldOf(value)]));
}
function fieldOf(value: Field | string | number | boolean): Field {
  if (typeof value === "string") return text(value);
  if (typeof value === "number") return int(value);
  return typeof value === "boolean" ? flag(value) : value;
}
