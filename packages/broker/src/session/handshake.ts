/** What is said before a connection is open: who the broker is, who may come in, and which bounds hold. */
import { AmqpError } from "../wire/errors.ts";
import { type Field, Reader, type Table } from "../wire/values.ts";

/** The bytes a client starts with: "AMQP", then protocol id and version 0-9-1. */
export const PROTOCOL_HEADER = Buffer.from("AMQP\u0000\u0000\u0009\u0001", "latin1");

const USER = "guest";
const PASSWORD = "guest";

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

export function serverProperties(): Table {
  const text = (value: string): Field => ({ type: "S", value });
  const capabilities = new Map<string, Field>(CAPABILITIES.map((name) => [name, { type: "t", value: true }]));
  return new Map<string, Field>([
    ["capabilities", { type: "F", value: capabilities }],
    ["product", text("@shirts/broker")],
    ["version", text("3.10.8")],
    ["platform", text("Node.js")],
    ["information", text("An embedded broker for learning and tests. Memory only.")],
  ]);
}

/** Whether the client's properties claim a capability. */
export function canDo(clientProperties: Table, capability: string): boolean {
  const capabilities = clientProperties.get("capabilities");
  return capabilities?.type === "F" && capabilities.value.get(capability)?.value === true;
}

/** Throws ACCESS_REFUSED unless user and password are right. */
export function checkLogin(mechanism: string, response: string): void {
  const [user, password] = credentialsOf(mechanism, response);
  if (user === USER && password === PASSWORD) return;
  throw new AmqpError(
    "ACCESS_REFUSED",
    `Login was refused using authentication mechanism ${mechanism}. For details see the broker logfile.`,
  );
}

function credentialsOf(
  mechanism: string,
  response: string,
): [user: string | undefined, password: string | undefined] {
  if (mechanism === "PLAIN") {
    const [, user, password] = response.split("\u0000");
    return [user, password];
  }
  if (mechanism === "AMQPLAIN") {
    // A field table without the size that tables carry elsewhere.
    const size = Buffer.alloc(4);
    size.writeUInt32BE(response.length);
    const table = new Reader(Buffer.concat([size, Buffer.from(response, "latin1")])).table();
    return [String(table.get("LOGIN")?.value), String(table.get("PASSWORD")?.value)];
  }
  throw new AmqpError("COMMAND_INVALID", `unknown authentication mechanism '${mechanism}'`);
}

/** Throws NOT_ALLOWED when the client's choice is out of bounds; zero asks for no bound at all. */
export function assertTuning(name: string, asked: number, most: number, least: number): void {
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
