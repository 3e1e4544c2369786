// A private PostgreSQL: own port, data folder and user, listening on loopback only.

import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chosen } from "./choose.ts";
import { versionOf } from "./find.ts";
import { makeFolder, removeFolder } from "./folder.ts";
import { run } from "./installation.ts";
import { findHome, type Home, type PostgresServer, servePostgres } from "./postgres-process.ts";

/** A folder with room for the data of one PostgreSQL, in the hands of its account. */
export function makePostgresFolder(name: string, { at, account }: Home): string {
  const folder = makeFolder(name, at);
  mkdirSync(join(folder, "socket"));
  writeFileSync(join(folder, "server.log"), "");
  if (account !== undefined) {
    chmodSync(folder, 0o711);
    for (const path of [folder, join(folder, "socket")]) chownSync(path, account.uid, account.gid);
  }
  return folder;
}

/** Makes the data folder with one user and one database, both named shirts; the password is required and is shirts. */
async function initialize(folder: string, { at, account }: Home): Promise<void> {
  const password = join(folder, "password");
  writeFileSync(password, "shirts\n");
  if (account !== undefined) chownSync(password, account.uid, account.gid);
  const options = { account, cwd: folder, env: { ...process.env, LC_ALL: "C" } };
  const data = join(folder, "data");
  const access = ["--username=shirts", `--pwfile=${password}`, "--auth=scram-sha-256"];
  await run(at, "initdb", ["-D", data, ...access, "--encoding=UTF8", "--no-locale", "--no-sync"], options);
  const input = "CREATE DATABASE shirts\n";
  await run(at, "postgres", ["--single", "-D", data, "postgres"], { ...options, input });
}

/** The version of the PostgreSQL that `startPostgres` starts, such as `15.14`. Throws NotInstalledError when there is none. */
export async function postgresVersion(): Promise<string> {
  return versionOf(await chosen("PostgreSQL"));
}

/** Starts a PostgreSQL; resolves when it serves (about 2 s). Throws NotInstalledError when there is none. */
export async function startPostgres(): Promise<PostgresServer> {
  const home = await findHome();
  const folder = makePostgresFolder("postgres", home);
  try {
    await initialize(folder, home);
  } catch (error) {
    removeFolder(folder);
    throw error;
  }
  return servePostgres(folder, home);
}
