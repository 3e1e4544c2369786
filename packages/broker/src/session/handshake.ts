/**
 * The handshake, before a connection is open.
 *
 *     client                          broker
 *       | --- "AMQP" 0 0 9 1 --------> |   the protocol header
 *       | <-- start ------------------ |   the broker's name and capabilities
 *       | --- start-ok --------------> |   the client's capabilities, user and password
 *       | <-- tune ------------------- |   the broker's limits: AMQP channels, frame size, heartbeat
 *       | --- tune-ok, open ---------> |   the client's choice within them, and a virtual host
 *       | <-- open-ok ---------------- |   running
 *
 * The states follow each other as drawn. A method in the wrong state is an error.
 */
import { AmqpError } from "../wire/errors.ts";
import { type Field, longstr, type Table } from "../wire/field.ts";
import type { Args, Method } from "../wire/methods.ts";
import type { Limits } from "./limits.ts";
import { checkLogin, MECHANISMS } from "./login.ts";
import type { Transport } from "./transport.ts";

/** The smallest frame size that a client may choose. RabbitMQ 3 allows half of it. */
const FRAME_MIN = 8_192;

/** The newest RabbitMQ that the contract was run on. Clients read it to know what a broker can do. */
export const RABBITMQ_VERSION = "4.3.6";

const CAPABILITIES = [
  "publisher_confirms",
  "exchange_exchange_bindings",
  "basic.nack",
  "consumer_cancel_notify",
  "connection.blocked",
  "consumer_priorities",
  "authentication_failure_close",
  "per_consumer_qos",
  "direct_reply_to",
];

/** The capabilities of a client that the broker asks about. */
export interface ClientCapabilities {
  /** It understands basic.cancel from the broker. */
  readonly consumerCancelNotify: boolean;
  /** It understands connection.blocked and connection.unblocked. */
  readonly connectionBlocked: boolean;
  /** It understands connection.close as the reply to a refused login. */
  readonly authenticationFailureClose: boolean;
}

export class Handshake {
  state: "starting" | "tuning" | "opening" | "running" = "starting";
  capabilities: ClientCapabilities = {
    consumerCancelNotify: false,
    connectionBlocked: false,
    authenticationFailureClose: false,
  };
  /** How many AMQP channels the client may open. */
  amqpChannelMax = 0;
  readonly #transport: Transport;
  readonly #limits: Limits;
  readonly #heartbeatSeconds: number;

  constructor(transport: Transport, limits: Limits, heartbeatSeconds: number) {
    this.#transport = transport;
    this.#limits = limits;
    this.#heartbeatSeconds = heartbeatSeconds;
  }

  start(): void {
    this.#transport.send(0, "connection.start", {
      major: 0,
      minor: 9,
      serverProperties: serverProperties(),
      mechanisms: MECHANISMS,
      locales: "en_US",
    });
  }

  /** Handles a method of the handshake; throws AmqpError for one in the wrong state. */
  step(method: Method): void {
    if (this.state === "starting" && method.name === "connection.start-ok") this.#startOk(method.args);
    else if (this.state === "tuning" && method.name === "connection.tune-ok") this.#tuneOk(method.args);
    else if (this.state === "opening" && method.name === "connection.open") this.#open(method.args);
    else throw new AmqpError("CHANNEL_ERROR", `unexpected method in connection state ${this.state}`);
  }

  #startOk({ clientProperties, mechanism, response }: Args<"connection.start-ok">): void {
    this.capabilities = {
      consumerCancelNotify: hasCapability(clientProperties, "consumer_cancel_notify"),
      connectionBlocked: hasCapability(clientProperties, "connection.blocked"),
      authenticationFailureClose: hasCapability(clientProperties, "authentication_failure_close"),
    };
    checkLogin(mechanism, response);
    const { amqpChannelMax, frameMax } = this.#limits;
    this.state = "tuning";
    const heartbeat = this.#heartbeatSeconds;
    this.#transport.send(0, "connection.tune", { channelMax: amqpChannelMax, frameMax, heartbeat });
  }

  #tuneOk({ channelMax, frameMax, heartbeat }: Args<"connection.tune-ok">): void {
    assertTuning("frame_max", frameMax, this.#limits.frameMax, FRAME_MIN);
    assertTuning("channel_max", channelMax, this.#limits.amqpChannelMax, 1);
    this.amqpChannelMax = channelMax;
    this.#transport.tune(frameMax, heartbeat);
    this.state = "opening";
  }

  #open({ virtualHost }: Args<"connection.open">): void {
    if (virtualHost !== "/") throw new AmqpError("NOT_ALLOWED", `vhost ${virtualHost} not found`);
    this.state = "running";
    this.#transport.send(0, "connection.open-ok", {});
  }
}

function serverProperties(): Table {
  const capabilities = new Map<string, Field>(CAPABILITIES.map((name) => [name, { type: "t", value: true }]));
  return new Map<string, Field>([
    ["capabilities", { type: "F", value: capabilities }],
    ["product", longstr("@shirts/broker")],
    ["version", longstr(RABBITMQ_VERSION)],
    ["platform", longstr("Node.js")],
    ["information", longstr("An embedded broker for learning and tests. Memory only.")],
  ]);
}

function hasCapability(clientProperties: Table, capability: string): boolean {
  const capabilities = clientProperties.get("capabilities");
  return capabilities?.type === "F" && capabilities.value.get(capability)?.value === true;
}

/** Throws NOT_ALLOWED when the client's choice is out of bounds. Zero asks for no bound at all. */
function assertTuning(name: string, asked: number, most: number, least: number): void {
  const shown = asked === 0 ? "0 (no limit)" : String(asked);
  if (asked > 0 && asked < least) {
    throw new AmqpError(
      "NOT_ALLOWED",
      `negotiated ${name} = ${shown} is lower than the minimum allowed value (${least})`,
    );
  }
  if (asked === 0 || asked > most) {
    throw new AmqpError(
      "NOT_ALLOWED",
      `negotiated ${name} = ${shown} is higher than the maximum allowed value (${most})`,
    );
  }
}
