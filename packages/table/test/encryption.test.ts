/**
 * The ways to reach a real PostgreSQL, each proved on one of this test's own: sockets, passwords that must be encoded, and
 * what sslmode asks for. Its pg_hba.conf lets one user in with TLS only, and another only without.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotInstalledError, type PostgresServer, postgresVersion, startPostgres } from "@shirts/servers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTable } from "../src/index.ts";
import { sql } from "./support/sql.ts";

/** Undefined when both are here. */
async function missing(): Promise<string | undefined> {
  try {
    await postgresVersion();
    execFileSync("openssl", ["version"], { stdio: "pipe" });
    return undefined;
  } catch (error) {
    if (error instanceof NotInstalledError && process.env.REQUIRE_SERVICES !== "1")
      return "PostgreSQL is not installed";
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "openssl is not installed";
    throw error;
  }
}

const lack = await missing();
const PASSWORD = "เสื้อ@/%:?#";
const WORD = encodeURIComponent(PASSWORD);
const DATABASE = "a/b";

describe.skipIf(lack)(`addresses of a real PostgreSQL${lack ? `: ${lack}` : ""}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "shirts-pg-tls-"));
  const [ca, key, other] = ["ca.pem", "key.pem", "other.pem"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  let server: PostgresServer;
  let socket: string;

  /** A certificate for localhost that has signed itself. */
  const certify = (file: string) =>
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", file],
        ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
      ],
      { stdio: "pipe" },
    );

  beforeAll(async () => {
    certify(other);
    certify(ca);
    server = await startPostgres();
    const show = async (name: string) =>
      (await sql<Record<string, string>>(server.url, `SHOW ${name}`))[0]?.[name] ?? "";
    socket = await show("unix_socket_directories");
    const data = await show("data_directory");
    const { uid, gid } = statSync(data);
    for (const [from, to] of [
      [ca, "server.crt"],
      [key, "server.key"],
    ] as const) {
      copyFileSync(from, join(data, to));
      chmodSync(join(data, to), 0o600);
      chownSync(join(data, to), uid, gid);
    }
    writeFileSync(
      join(data, "pg_hba.conf"),
      [
        "local all nobody-here peer",
        "local all all scram-sha-256",
        "hostnossl all safe all reject",
        "hostssl all open all reject",
        "host all all all scram-sha-256\n",
      ].join("\n"),
    );
    for (const user of ["jörg", "safe", "open", "nobody-here"])
      await sql(server.url, `CREATE ROLE "${user}" LOGIN PASSWORD '${PASSWORD}'`);
    await sql(server.url, `CREATE DATABASE "${DATABASE}" OWNER "jörg"`);
    await sql(server.url, "ALTER SYSTEM SET ssl = on");
    await server.restart();
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  /** What the server sees of the client: user, database, and whether the connection is encrypted. */
  async function seen(url: string): Promise<string> {
    const name = `seen ${crypto.randomUUID()}`;
    const table = await openTable(url, { name, askMs: 5_000 });
    try {
      expect(table.server).toEqual({ product: "PostgreSQL", version: expect.stringMatching(/^\d+/) });
      const [row] = await sql<{ seen: string }>(
        server.url,
        `SELECT concat_ws(' ', usename, datname, CASE WHEN client_addr IS NULL THEN 'socket' WHEN ssl THEN 'tls' ELSE 'plain' END) AS seen
         FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE application_name = $1`,
        [name],
      );
      return row?.seen ?? "nobody";
    } finally {
      await table.close();
    }
  }

  const failure = async (url: string): Promise<string> =>
    openTable(url).then(
      async (table) => {
        await table.close();
        return "connected";
      },
      (error) => error.message,
    );

  const at = (user: string, query = "", host = "127.0.0.1") =>
    `postgres://${encodeURIComponent(user)}:${WORD}@${host}:${server.port}/a%2Fb${query}`;

  it("a user, a password and a database that have to be encoded are reached over TCP and over the socket", async () => {
    expect(await seen(at("jörg"))).toBe("jörg a/b plain");
    const login = `j%C3%B6rg:${WORD}`;
    const folderOf = encodeURIComponent(socket);
    for (const url of [
      `postgres://${login}@/a%2Fb?host=${socket}&port=${server.port}`,
      `postgresql:///a%2Fb?host=${folderOf}&port=${server.port}&user=j%C3%B6rg&password=${WORD}`,
      `postgresql://${login}@${folderOf}:${server.port}/a%2Fb`,
      `postgresql://${login}@${folderOf}:${server.port}/a%2Fb?sslmode=require`,
    ])
      expect(await seen(url)).toBe("jörg a/b socket");
  });

  it.each([
    ["jörg", "", "plain"],
    ["jörg", "?sslmode=disable", "plain"],
    ["jörg", "?sslmode=allow", "plain"],
    ["safe", "?sslmode=allow", "tls"],
    ["jörg", "?sslmode=prefer", "tls"],
    ["open", "?sslmode=prefer", "plain"],
    ["jörg", "?sslmode=require", "tls"],
    ["jörg", "?sslmode=require&sslrootcert=CA", "tls"],
    ["jörg", "?sslmode=verify-ca&sslrootcert=CA", "tls"],
  ])("%s %s: %s", async (user, query, how) => {
    expect(await seen(at(user, query.replace("CA", ca)))).toBe(`${user} a/b ${how}`);
  });

  it("verify-full takes the name that the certificate is for, and no other", async () => {
    const query = `?sslmode=verify-full&sslrootcert=${ca}`;
    expect(await seen(at("jörg", query, "localhost"))).toBe("jörg a/b tls");
    expect(await failure(at("jörg", query))).toMatch(
      /^PostgreSQL at 127\.0\.0\.1:\d+: its certificate is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID: .*sslrootcert=FILE in DATABASE_URL names its authority/,
    );
  });

  it.each([
    [
      "jörg",
      "?sslmode=verify-full",
      /its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate\)/,
    ],
    ["jörg", "?sslmode=verify-ca&sslrootcert=OTHER", /its certificate is not trusted \(/],
    ["jörg", "?sslmode=require&sslrootcert=OTHER", /its certificate is not trusted \(/],
    [
      "safe",
      "",
      /it lets user "safe" in over an encrypted connection only, if at all\. Write \?sslmode=require/,
    ],
    ["open", "?sslmode=require", /it does not let user "open" in/],
  ])("%s %s is one line", async (user, query, line) => {
    const told = await failure(at(user, query.replace("OTHER", other)));
    expect(told).toMatch(line);
    expect(told).not.toMatch(/\n|เสื้อ/);
  });

  it("a wrong password, a socket that is not there and one for another user of the system are one line each", async () => {
    expect(await failure(`postgres://j%C3%B6rg:sesame@127.0.0.1:${server.port}/a%2Fb?sslmode=prefer`)).toBe(
      `PostgreSQL at 127.0.0.1:${server.port}: it does not let user "jörg" in. Are name and password in DATABASE_URL right?`,
    );
    expect(await failure(`postgres://j%C3%B6rg:sesame@/db?host=${folder}`)).toBe(
      `PostgreSQL at ${folder}/.s.PGSQL.5432: there is no such socket. Is the server started, and is this the folder of its sockets (unix_socket_directories)?`,
    );
    expect(await failure(`postgres://nobody-here@/db?host=${socket}&port=${server.port}`)).toMatch(
      /PGSQL\.\d+: its socket lets user "nobody-here" in only when the system's user has the same name\./,
    );
  });

  it("a server without TLS: prefer does without, require and verify-full do not", async () => {
    await sql(server.url, "ALTER SYSTEM SET ssl = off");
    await sql(server.url, "SELECT pg_reload_conf()");
    await expect.poll(() => sql(server.url, "SHOW ssl")).toEqual([{ ssl: "off" }]);
    expect(await seen(at("jörg", "?sslmode=prefer"))).toBe("jörg a/b plain");
    for (const mode of ["require", "verify-full"])
      expect(await failure(at("jörg", `?sslmode=${mode}`))).toMatch(
        /it speaks no TLS, and sslmode in DATABASE_URL demands it\. sslmode=prefer does without when it must$/,
      );
  });
});
