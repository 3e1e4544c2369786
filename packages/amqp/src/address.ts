/**
 * Addresses: reads the URLs of brokers, and says in one line what is wrong with one.
 *
 * amqplib reads URLs, too. It takes each percent-encoded byte for a character, so that a user or password beyond ASCII is
 * refused; and a bare slash in a password makes it ask another host. So a URL is read here, and amqplib gets its parts.
 *
 * Invariant: a message about a bad URL holds nothing of it but the scheme. Where a host seems to be, a part of the
 * password may stand.
 */
import type { Options } from "amqplib";
import { AmqpError, type BrokerName } from "./errors.ts";

/** Seconds without a sign of life after which each side asks. After twice that the connection counts as dead. */
const HEARTBEAT_S = 10;

export interface Address extends BrokerName {
  /** What amqplib connects to. It holds the password: never print it. */
  readonly target: Options.Connect;
}

/** One address or more, in the order in which they are tried. */
export type Addresses = readonly [Address, ...Address[]];

/** Reads a list of URLs, or one text with commas between them. Throws AmqpError, without any URL in it. */
export function parseAddresses(urls: string | readonly string[]): Addresses {
  // A password may hold a comma, so only a comma before the next scheme separates two URLs.
  const list = typeof urls === "string" ? urls.split(/,\s*(?=amqps?:\/\/)/i) : urls;
  const [first, ...others] = list.map((url, index) => {
    const which = list.length > 1 ? ` (number ${index + 1} of ${list.length})` : "";
    return parseAddress(
      url.trim(),
      (what) => new AmqpError("invalid-url", `the broker's URL${which} ${what}.`),
    );
  });
  if (first === undefined)
    throw new AmqpError("invalid-url", "there is no URL in the list; it needs at least one.");
  return [first, ...others];
}

type Bad = (what: string) => AmqpError;

const FORM = "it looks like amqp://user:password@host:5672/vhost";

/** Reads one URL, `amqp://user:password@host:5672/vhost?heartbeat=10`. Without a vhost, or with an empty one, it is "/". */
function parseAddress(url: string, bad: Bad): Address {
  const { isSecure, login, at, path, query } = partsOf(url, bad);
  const { host, port } = placeOf(at, isSecure ? 5671 : 5672, bad);
  const vhost = decode(path.slice(1), "its vhost", bad) || "/";
  if (Buffer.byteLength(vhost) > 255)
    throw bad("has a vhost that does not fit into AMQP: 255 bytes of UTF-8 at most");
  const [user = "", password = ""] = login ?? [GUEST, GUEST];
  const username = decode(user, "its user", bad);
  // Such a user would be named in errors, with the password in it.
  if (password === "" && /[:@]/.test(username))
    throw bad("has no password, and a : or @ in its user: between user and password a : stands as it is");
  return {
    target: {
      protocol: isSecure ? "amqps" : "amqp",
      hostname: host.replace(/^\[|\]$/g, ""),
      port,
      username,
      password: decode(password, "its password", bad),
      // amqplib decodes it, also when it comes by itself.
      vhost: encodeURIComponent(vhost),
      heartbeat: HEARTBEAT_S,
      ...tuning(query, bad),
    },
    user: username,
    text: `broker at ${host}:${port}, vhost "${vhost}"`,
  };
}

/** User and password of a new RabbitMQ, which AMQP's clients take when a URL has none. */
const GUEST = "guest";

interface Parts {
  readonly isSecure: boolean;
  /** User and password, still encoded. */
  readonly login: readonly string[] | undefined;
  /** Host and port. */
  readonly at: string;
  readonly path: string;
  readonly query: string;
}

function partsOf(url: string, bad: Bad): Parts {
  // Before all else: where they are, the parser of Node would leave them out without a word.
  if (/[\s\p{Cc}]/u.test(url))
    throw bad("has a space or a line break in it: write a space as %20, and a comma between two URLs");
  const [, scheme, authority = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (scheme === undefined) throw bad(`is not a URL; ${FORM}`);
  if (!/^amqps?$/i.test(scheme)) throw bad(`begins with "${scheme}:", not with "amqp:" or "amqps:"; ${FORM}`);
  if (rest.includes("@"))
    throw bad(
      'has an "@" behind the host. In user and password write / as %2F, ? as %3F and # as %23; in a vhost write @ as %40',
    );
  if (rest.includes("#")) throw bad("has a # behind the host: write it as %23");
  // The last one: in a password an "@" may stand for itself.
  const end = authority.lastIndexOf("@");
  const [, path = "", query = ""] = /^([^?]*)\??(.*)$/.exec(rest) ?? [];
  return {
    isSecure: scheme.toLowerCase() === "amqps",
    login: end < 0 ? undefined : /^([^:]*):?(.*)$/.exec(authority.slice(0, end))?.slice(1),
    at: authority.slice(end + 1),
    path,
    query,
  };
}

function placeOf(at: string, usual: number, bad: Bad): { host: string; port: number } {
  if (at === "" || at.startsWith(":")) {
    if (/^:[\da-f:.]*:/i.test(at)) throw bad("has an IPv6 address without brackets: write [::1]");
    throw bad(`has no host; ${FORM}`);
  }
  if (at.includes(",")) throw bad("has a comma in its host: of several URLs each one begins with amqp://");
  if (at.includes("%"))
    throw bad(
      "has a percent sign in its host: encode user, password and vhost, and not the : and @ between the parts",
    );
  if (/^[\da-f.]+:[\da-f:.]*:/i.test(at)) throw bad("has an IPv6 address without brackets: write [::1]");
  const [, host = "", digits = ""] = /^(\[[^\]]*\]?|[^:]*):?(.*)$/.exec(at) ?? [];
  const port = digits === "" ? usual : Number(digits);
  if (!/^\d*$/.test(digits) || port < 1 || port > 65_535)
    throw bad(`has a port that is no number from 1 to 65535; ${FORM}`);
  if (!URL.canParse(`amqp://${host}`)) throw bad(`has a host that is no name and no address; ${FORM}`);
  return { host: new URL(`amqp://${host}`).hostname, port };
}

function decode(text: string, what: string, bad: Bad): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw bad(
      /%(?![\da-f]{2})/i.test(text)
        ? `has a % in ${what} that stands for itself: write it as %25`
        : `has bytes in ${what} that are not UTF-8: write ä as %C3%A4, as encodeURIComponent does`,
    );
  }
}

/** The settings that amqplib reads from a URL, each with its largest value. What other clients read there is left alone. */
const LIMITS = {
  heartbeat: 65_535,
  channelMax: 65_535,
  frameMax: 4_294_967_295,
  maxFrameSize: 4_294_967_295,
};

function tuning(query: string, bad: Bad): Options.Connect {
  const given = new URLSearchParams(query);
  const numbers = Object.entries(LIMITS).flatMap(([name, largest]) => {
    const text = given.get(name);
    if (text === null) return [];
    if (!/^\d{1,10}$/.test(text) || Number(text) > largest)
      throw bad(`has a ${name} that is no whole number from 0 to ${largest}`);
    return [[name, Number(text)]];
  });
  const locale = given.get("locale");
  return { ...Object.fromEntries(numbers), ...(locale !== null && { locale }) };
}
