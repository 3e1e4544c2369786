// A private PostgreSQL: own port, data folder and user, listening on loopback only.

import { execFile } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { findPostgres } from "./find.ts";
import { makeFolder, removeFolder } from "./folder.ts";
import { type Account, identity, type PostgresServer, servePostgres } from "./postgres-process.ts";

const run = promisify(execFile);

/** A folder with room for the data of one PostgreSQL, in the hands of `account`. */
export function makePostgresFolder(name: string, account: Account | undefined): string {
  const folder = makeFolder(name);
  mkdirSync(join(folder, "socket"));
  writeFileSync(join(folder, "server.log"), "");
  if (account !== undefined) {
    chmodSync(folder, 0o711);
    for (const path of [folder, join(folder, "socket")]) chownSync(path, account.uid, account.gid);
  }
  return folder;
}

/** Makes the data folder with one user and one database, both named shirts; the password is required and is shirts. */
async function initialize(folder: string, account: Account | undefined): Promise<void> {
  const password = join(folder, "password");
  writeFileSync(password, "shirts\n");
  if (account !== undefined) chownSync(password, account.uid, account.gid);
  const options = { ...account, cwd: folder, env: { ...process.env, LC_ALL: "C" } };
  const data = join(folder, "data");
  const access = ["--username=shirts", `--pwfile=${password}`, "--auth=scram-sha-256"];
  await run(
    findPostgres("initdb"),
    ["-D", data, ...access, "--encoding=UTF8", "--no-locale", "--no-sync"],
    options,
  );
  const single = run(findPostgres("postgres"), ["--single", "-D", data, "postgres"], options);
  single.child.stdin?.end("CREATE DATABASE shirts\n");
  await single;
}

/** The version of the PostgreSQL that `startPostgres` starts, such as `15.14`. Throws NotInstalledError when there is none. */
export async function postgresVersion(): Promise<string> {
  const { stdout } = await run(findPostgres("postgres"), ["--version"]);
  return /\d+[\d.]*/.exec(stdout)?.[0] ?? stdout.trim();
}

/** Starts a PostgreSQL; resolves when it serves (about 2 s). Throws NotInstalledError when there is none. */
export async function startPostgres(): Promise<PostgresServer> {
  findPostgres("postgres"); // a clear line before anything is made
  const account = await identity();
  const folder = makePostgresFolder("postgres", account);
  try {
    await initialize(folder, account);
  } catch (error) {
    removeFolder(folder);
    throw error;
  }
  return servePostgres(folder, account);
}
