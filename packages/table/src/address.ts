/**
 * Addresses: reads the URL of a database as PostgreSQL's own programs do, and says in one line what is wrong with one.
 *
 * The driver reads URLs, too. A percent sign that stands for itself makes it encode the whole URL a second time, and it
 * takes sslmode=require for something else than PostgreSQL does. So a URL is read here, and the driver gets its parts.
 *
 * Invariant: a message about a bad URL holds nothing of it. Where a host seems to be, a part of the password may stand.
 */
import type pg from "pg";
import { type Encryption, encryptions } from "./encryption.ts";
import { type Place, TableError } from "./errors.ts";

export interface Address {
  readonly place: Place;
  /** What the driver connects with. It holds the password: never print it. */
  readonly config: pg.PoolConfig;
  /** How the connection may be encrypted, in the order in which it is tried. */
  readonly encryptions: readonly Encryption[];
}

const FORM = "it should read postgres://user:password@host:5432/database";

const bad = (what: string) => new TableError(`DATABASE_URL ${what}`);

/**
 * Reads `postgres://user:password@host:5432/database?sslmode=…`. A folder in place of the host is a socket's:
 * `postgres:///database?host=/run/postgresql`, or `postgres://%2Frun%2Fpostgresql/database`. Throws TableError.
 */
export function parseAddress(url: string): Address {
  const { login, at, path, query } = partsOf(url);
  const { host, port } = placeOf(at, query);
  const [name = "", word = ""] = login ?? [];
  const user =
    query.get("user") || decode(name, "user") || (process.env.PGUSER ?? process.env.USER ?? "postgres");
  const password = query.get("password") || decode(word, "password");
  // Such a user would be named in errors, with the password in it.
  if (password === "" && /[:@]/.test(user))
    throw bad("has no password, and a : or @ in its user: between user and password a : stands as it is");
  const database = query.get("dbname") || decode(path.slice(1), "database") || process.env.PGDATABASE || user;
  const isSocket = host.startsWith("/");
  return {
    place: { at: isSocket ? `${host}/.s.PGSQL.${port}` : `${written(host)}:${port}`, database, user },
    config: {
      host,
      port,
      user,
      database,
      ...(password !== "" && { password }),
      ...settings(query),
    },
    // On a socket there is nobody to hide from, and PostgreSQL encrypts nothing there.
    encryptions: isSocket ? [false] : encryptions(query, bad),
  };
}

interface Parts {
  /** User and password, still encoded. */
  readonly login: readonly string[] | undefined;
  /** Host and port, still encoded. */
  readonly at: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
}

function partsOf(url: string): Parts {
  if (/[\s\p{Cc}]/u.test(url)) throw bad("has a space or a line break in it: write a space as %20");
  const [, authority, rest = ""] = /^postgres(?:ql)?:\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (authority === undefined) throw bad(`is not the URL of a PostgreSQL: ${FORM}`);
  if (authority !== "" && rest.includes("@"))
    throw bad(
      'has an "@" behind the host: in user and password write / as %2F, ? as %3F and # as %23, elsewhere @ as %40',
    );
  if (rest.includes("#")) throw bad("has a # behind the host: write it as %23");
  // The last one: in a password an "@" may stand for itself.
  const end = authority.lastIndexOf("@");
  const [, path = "", query = ""] = /^([^?]*)\??(.*)$/.exec(rest) ?? [];
  return {
    login: end < 0 ? undefined : /^([^:]*):?(.*)$/.exec(authority.slice(0, end))?.slice(1),
    at: authority.slice(end + 1),
    path,
    query: new Map(query.split("&").flatMap(setting)),
  };
}

/** A "+" stands for itself here, as PostgreSQL has it. */
function setting(text: string): [string, string][] {
  const [, name = "", value = ""] = /^([^=]*)=?(.*)$/.exec(text) ?? [];
  return name === "" ? [] : [[name, decode(value, name)]];
}

function placeOf(at: string, query: ReadonlyMap<string, string>): { host: string; port: number } {
  const [, bracketed, plain = "", digits = ""] = /^(?:\[([^\]]*)\]|([^:]*)):?(.*)$/.exec(at) ?? [];
  if (/^[\da-f.]*:[\da-f:.]*:/i.test(at)) throw bad("has an IPv6 address without brackets: write [::1]");
  const host = query.get("host") || (bracketed ?? decode(plain, "host")) || process.env.PGHOST || "";
  if (host === "")
    throw bad(`has no host: ${FORM}; with ?host=/run/postgresql it names the folder of a socket`);
  if (host.includes(",")) throw bad("names several hosts: one is taken here, the one that can be written");
  if (!host.startsWith("/") && !URL.canParse(`postgres://${written(host)}`))
    throw bad(`has a host that is no name, no address and no folder: ${FORM}`);
  const port = query.get("port") || digits || process.env.PGPORT || "5432";
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
    throw bad(`has a port that is no number from 1 to 65535: ${FORM}`);
  return { host, port: Number(port) };
}

/** As it stands in a URL. */
function written(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The name of a setting may be a piece of a password; the names of the parts are ours.
    const where = /^(user|password|host|database)$/.test(what) ? `its ${what}` : "a setting";
    throw bad(
      /%(?![\da-f]{2})/i.test(text)
        ? `has a % in ${where} that stands for itself: write it as %25`
        : `has bytes in ${where} that are not UTF-8: write ä as %C3%A4, as encodeURIComponent does`,
    );
  }
}

/** What the driver passes on to the server. Other settings of PostgreSQL's programs mean nothing here. */
function settings(query: ReadonlyMap<string, string>): pg.PoolConfig {
  const name = query.get("application_name");
  const options = query.get("options");
  return { ...(name && { application_name: name }), ...(options && { options }) };
}
