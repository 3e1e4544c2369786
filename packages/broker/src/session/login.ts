/** The login of a client: SASL mechanisms PLAIN and AMQPLAIN, for the one user there is. */
import { AmqpError } from "../wire/errors.ts";
import { Reader } from "../wire/reader.ts";

const USER = "guest";
const PASSWORD = "guest";

export const MECHANISMS = "PLAIN AMQPLAIN";

/** Throws ACCESS_REFUSED unless user and password are right. */
export function checkLogin(mechanism: string, response: string): void {
  const { user, password } = credentialsOf(mechanism, response);
  if (user === USER && password === PASSWORD) return;
  throw new AmqpError(
    "ACCESS_REFUSED",
    `Login was refused using authentication mechanism ${mechanism}. For details see the broker logfile.`,
  );
}

function credentialsOf(mechanism: string, response: string): { user?: unknown; password?: unknown } {
  if (mechanism === "PLAIN") {
    const [, user, password] = response.split("\u0000");
    return { user, password };
  }
  if (mechanism === "AMQPLAIN") {
    // A field table without the size that tables have elsewhere.
    const size = Buffer.alloc(4);
    size.writeUInt32BE(response.length);
    const table = new Reader(Buffer.concat([size, Buffer.from(response, "latin1")])).table();
    return { user: table.get("LOGIN")?.value, password: table.get("PASSWORD")?.value };
  }
  throw new AmqpError("COMMAND_INVALID", `unknown authentication mechanism '${mechanism}'`);
}
