/** What a DATABASE_URL means, and what is said of one that means nothing. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { parseAddress } from "../src/address.ts";
import { openTable, TableError } from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "shirts-address-"));
const ca = join(folder, "ca.pem");
writeFileSync(ca, "an authority");
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  for (const name of ["PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGSSLMODE", "USER"])
    vi.stubEnv(name, undefined);
  return () => vi.unstubAllEnvs();
});

const read = (url: string) => {
  const { user, password, host, port, database } = parseAddress(url).config;
  return { user, password, at: `${host} ${port}`, database };
};

describe("user and password", () => {
  it.each([
    ["as it is", "p-a_s.s~+", "p-a_s.s~+"],
    ["beyond ASCII, encoded", "p%C3%A4%E0%B8%A5%F0%9F%91%95", "päล👕"],
    ["beyond ASCII, bare", "päล👕", "päล👕"],
    ["with separators, encoded", "%40%2F%25%3A%3F%23%5B", "@/%:?#["],
    ["with a bare @ and a bare :", "p@s:s", "p@s:s"],
    ["with a percent sign and letters beyond ASCII", "50%25-%C3%A4", "50%-ä"],
    ["with encoded signs that look encoded", "%2525", "%25"],
  ])("a password %s is read: %s", (_how, written, password) => {
    const rest = { user: "jörg", password, at: "host 5432", database: "db" };
    expect(read(`postgres://j%C3%B6rg:${written}@host/db`)).toEqual(rest);
    expect(read(`postgres:///db?host=host&user=j%C3%B6rg&password=${written}`)).toEqual(rest);
  });

  it("planted: the driver, given the URL itself, encodes all of it again when one percent sign is bare", () => {
    const { password } = new pg.Client("postgres://u:50%-%C3%A4@host/db");
    expect(password).toBe("50%-%C3%A4");
  });

  it("without a user it is PGUSER, then the system's, then postgres", () => {
    const user = () => read("postgres://host").user;
    expect(user()).toBe("postgres");
    vi.stubEnv("USER", "root");
    expect(user()).toBe("root");
    vi.stubEnv("PGUSER", "shirts");
    expect(user()).toBe("shirts");
    expect(read("postgres://host").database).toBe("shirts");
  });
});

describe("host, port and database", () => {
  it.each([
    ["postgres://u@host", "host 5432", "u", "host:5432"],
    ["postgresql://u@host:1234/", "host 1234", "u", "host:1234"],
    ["POSTGRES://u@host/d", "host 5432", "d", "host:5432"],
    ["postgres://u@host/a%2Fb", "host 5432", "a/b", "host:5432"],
    ["postgres://u@host/%E0%B9%80%E0%B8%AA", "host 5432", "เส", "host:5432"],
    ["postgres://u@[::1]:1234/d", "::1 1234", "d", "[::1]:1234"],
    ["postgres://u@/d?host=%3A%3A1", "::1 5432", "d", "[::1]:5432"],
    [
      "postgres:///d?host=/var/run/postgresql",
      "/var/run/postgresql 5432",
      "d",
      "/var/run/postgresql/.s.PGSQL.5432",
    ],
    ["postgres://u@/d?host=/tmp/a%20b&port=6", "/tmp/a b 6", "d", "/tmp/a b/.s.PGSQL.6"],
    ["postgresql://%2Frun%2Fpostgresql/d", "/run/postgresql 5432", "d", "/run/postgresql/.s.PGSQL.5432"],
    ["postgresql://u:p@%2Frun%2Fpostgresql:6/d", "/run/postgresql 6", "d", "/run/postgresql/.s.PGSQL.6"],
    ["postgres://host?dbname=d&port=7", "host 7", "d", "host:7"],
  ])("%s is at %s, database %s", (url, at, database, told) => {
    expect(read(url)).toMatchObject({ at, database });
    expect(parseAddress(url).place).toMatchObject({ at: told, database });
  });

  it("without a host it is PGHOST, a folder, too", () => {
    vi.stubEnv("PGHOST", "/run/postgresql");
    expect(read("postgres:///d")).toMatchObject({ at: "/run/postgresql 5432", database: "d" });
  });

  it("settings of the session are passed on", () => {
    const url = "postgres://host/d?options=-c%20geqo%3Doff&application_name=me&target_session_attrs=any";
    expect(parseAddress(url).config).toMatchObject({ options: "-c geqo=off", application_name: "me" });
  });
});

describe("sslmode", () => {
  const unchecked = { rejectUnauthorized: false };
  const anyName = { checkServerIdentity: expect.any(Function) };
  it.each([
    ["", [false]],
    ["sslmode=disable", [false]],
    ["sslmode=allow", [false, unchecked]],
    ["sslmode=prefer", [unchecked, false]],
    ["sslmode=require", [unchecked]],
    ["sslmode=no-verify", [unchecked]],
    ["sslmode=require&sslrootcert=CA", [{ ca: "an authority", ...anyName }]],
    ["sslmode=verify-ca&sslrootcert=CA", [{ ca: "an authority", ...anyName }]],
    ["sslmode=verify-full&sslrootcert=CA", [{ ca: "an authority" }]],
    ["sslmode=verify-full&sslrootcert=system", [{}]],
    ["sslmode=verify-full", [{}]],
    ["sslmode=require&sslcert=CA&sslkey=CA", [{ ...unchecked, cert: "an authority", key: "an authority" }]],
    ["ssl=true", [{}]],
    ["ssl=0", [false]],
  ])("%s", (query, ways) => {
    expect(parseAddress(`postgres://host/d?${query.replaceAll("CA", ca)}`).encryptions).toEqual(ways);
  });

  it("without one it is PGSSLMODE, and on a socket nothing is encrypted", () => {
    vi.stubEnv("PGSSLMODE", "require");
    expect(parseAddress("postgres://host").encryptions).toEqual([unchecked]);
    expect(parseAddress("postgres://host?sslmode=disable").encryptions).toEqual([false]);
    expect(parseAddress("postgres:///d?host=/tmp&sslmode=verify-full").encryptions).toEqual([false]);
  });
});

const SLASH = /has an "@" behind the host: in user and password write \/ as %2F, \? as %3F and # as %23/;
const IPV6 = /has an IPv6 address without brackets: write \[::1\]/;
const NAMES =
  /has an sslmode that there is not\. There are disable, allow, prefer, require, verify-ca, verify-full$/;

describe("a bad url is one line that says what is wrong, without a piece of the password", () => {
  it.each([
    ["u:sesam-xyzzy@host/db", /is not the URL of a PostgreSQL: it should read postgres:/],
    ["postgres:u:sesam-xyzzy@host/db", /is not the URL of a PostgreSQL/],
    ["mysql://u:sesam-xyzzy@host/db", /is not the URL of a PostgreSQL/],
    ["postgres://u:sesam/xyzzy@host/db", SLASH],
    ["postgres://u:12/sesam-xyzzy@host/db", SLASH],
    ["postgres://u:sesam?xyzzy@host/db", SLASH],
    ["postgres://u:sesam#xyzzy@host/db", SLASH],
    ["postgres://u:p@host/sesam#xyzzy", /has a # behind the host/],
    ["postgres://u:sesam%xyzzy@host/db", /has a % in its password that stands for itself: write it as %25/],
    ["postgres://sesam%xyzzy:p@host/db", /has a % in its user/],
    ["postgres://u:p@host/sesam%xyzzy", /has a % in its database/],
    ["postgres://u:p@host/d?sesam=%xyzzy", /has a % in a setting/],
    ["postgres://u:sesam-xyzzy%E4@host/db", /bytes in its password that are not UTF-8: write ä as %C3%A4/],
    ["postgres://u%3Aopen-xyzzy@host/db", /has no password, and a : or @ in its user/],
    ["postgres://u@sesam-xyzzy@host/db", /has no password, and a : or @ in its user/],
    ["postgres://u%3Aopen-xyzzy%40host/db", /has a host that is no name, no address and no folder/],
    ["postgres://u:open xyzzy@host/db", /has a space or a line break in it: write a space as %20/],
    ["postgres://u:sesam-xyzzy@/db", /has no host: .* with \?host=\/run\/postgresql it names the folder/],
    ["postgres://u:sesam-xyzzy", /has a port that is no number from 1 to 65535/],
    ["postgres://u:sesam-xyzzy@host:0/db", /has a port/],
    ["postgres://u:p@host/db?port=sesam-xyzzy", /has a port/],
    ["postgres://u:sesam-xyzzy@::1/db", IPV6],
    ["postgres://u:sesam-xyzzy@fe80::1:5432/db", IPV6],
    ["postgres://u:sesam-xyzzy@one:1,two:2/db", /has a port|names several hosts/],
    ["postgres://u:sesam-xyzzy@one,two/db", /names several hosts: one is taken here/],
    ["postgres://u:p@host/db?sslmode=sesam-xyzzy", NAMES],
    [
      "postgres://u:sesam-xyzzy@host/db?sslmode=verify-ca",
      /sslmode=verify-ca and names no authority of its own: sslrootcert=/,
    ],
    [
      "postgres://u:p@host/db?sslmode=require&sslrootcert=system",
      /sslmode=require and names no authority of its own/,
    ],
    [
      "postgres://u:sesam-xyzzy@host/db?sslmode=verify-full&sslrootcert=/no/such/file",
      /names a file in sslrootcert that cannot be read \(ENOENT\): \/no\/such\/file$/,
    ],
  ])("%s", async (url, line) => {
    const error = await openTable(url).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TableError);
    expect(error.message).toMatch(line);
    expect(error.message).toMatch(/^DATABASE_URL /);
    expect(`${error.stack}${JSON.stringify(error)}`).not.toMatch(/\n[^ ]|sesam|xyzzy/);
  });
});
