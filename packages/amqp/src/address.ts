/** Where the broker is: an AMQP URL, taken apart and checked. */
import { AmqpError } from "./errors.ts";

/** Seconds without a sign of life after which each side asks; after twice that the connection counts as dead. */
const HEARTBEAT_S = 10;

export interface Address {
  /** For amqplib. Holds the password: never print it. */
  readonly url: string;
  readonly user: string;
  /** `broker at HOST:PORT, vhost "V"`: how messages name it. */
  readonly text: string;
}

/** One address or more, in the order in which they are tried. */
export type Addresses = readonly [Address, ...Address[]];

/** Takes a list of URLs apart, or one text with commas between them. Throws AmqpError, without any URL in it. */
export function parseAddresses(urls: string | readonly string[]): Addresses {
  // A password may hold a comma; a comma before the next scheme is ours.
  const list = typeof urls === "string" ? urls.split(/,\s*(?=amqps?:\/\/)/) : urls;
  const [first, ...others] = list.map((url) => parseAddress(url.trim()));
  if (first === undefined) throw new AmqpError("there is no URL in the list; it needs at least one.");
  return [first, ...others];
}

/** Takes a URL apart: `amqp://user:password@host:5672/vhost?heartbeat=10`. Throws AmqpError, without the URL in it. */
function parseAddress(url: string): Address {
  const form = "it looks like amqp://user:password@host:5672/vhost";
  if (!URL.canParse(url)) throw new AmqpError(`AMQP_URL is not a URL; ${form}.`);
  const parts = new URL(url);
  if (parts.protocol !== "amqp:" && parts.protocol !== "amqps:")
    throw new AmqpError(`AMQP_URL begins with "${parts.protocol}", not with "amqp:" or "amqps:"; ${form}.`);
  if (parts.hostname === "") throw new AmqpError(`AMQP_URL has no host; ${form}.`);
  if (!parts.searchParams.has("heartbeat")) parts.searchParams.set("heartbeat", String(HEARTBEAT_S));
  const port = parts.port || (parts.protocol === "amqp:" ? "5672" : "5671");
  const vhost = decode(parts.pathname.slice(1)) || "/";
  return {
    url: parts.href,
    user: decode(parts.username) || "guest",
    text: `broker at ${parts.hostname}:${port}, vhost "${vhost}"`,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign. The broker's answer will say more about it than we can.
    return text;
  }
}
