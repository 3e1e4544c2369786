// A private PostgreSQL: own port, data folder and user, listening on loopback only.

import { execFile, spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findPostgres } from "./find.ts";
import { makeFolder, removeFolder } from "./folder.ts";
import { Managed, sleep } from "./managed.ts";
import { freePorts } from "./ports.ts";
import type { Server } from "./server.ts";

const START_LIMIT_MS = 60_000;
const KIND_MS = 10_000;
const RETRY_MS = 300;

const run = promisify(execFile);

/** PostgreSQL refuses to run as root. Then it runs as the user that Debian's package made for it, else as "nobody". */
async function identity(): Promise<{ uid: number; gid: number } | undefined> {
  if (userInfo().uid !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // No such user here: the next name.
    }
  }
  throw new Error("PostgreSQL cannot run as root, and there is neither a user postgres nor nobody");
}

/**
 * Sends `signal` to all of a server. Each of its sessions has a process group of its own, so they are asked for one by
 * one; and killed with the server, or they would finish their transactions as if nothing had happened.
 */
function signalAll(server: Managed, signal: NodeJS.Signals): void {
  if (server.pid === undefined) return;
  const { stdout } = spawnSync("pgrep", ["-P", String(server.pid)], { encoding: "utf8" });
  server.signal(signal);
  for (const pid of (stdout ?? "").split("\n").filter((line) => line !== "")) {
    try {
      process.kill(Number(pid), signal);
    } catch {
      // A session that ended in the meantime.
    }
  }
}

/** Makes the data folder with one user and one database, both named shirts; the password is required and is shirts. */
async function initialize(folder: string, account: { uid: number; gid: number } | undefined): Promise<void> {
  const password = join(folder, "password");
  writeFileSync(password, "shirts\n");
  mkdirSync(join(folder, "socket"));
  writeFileSync(join(folder, "server.log"), "");
  if (account !== undefined) {
    chmodSync(folder, 0o711);
    for (const name of [folder, password, join(folder, "socket")]) chownSync(name, account.uid, account.gid);
  }
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

/** A private PostgreSQL. */
export interface PostgresServer extends Server {
  /** Ends it in order, in the middle of what its clients do (PostgreSQL's "fast" shutdown); `restart` starts it again. */
  shutDown(): Promise<void>;
}

/** Starts a PostgreSQL; resolves when it serves (about 2 s). Throws NotInstalledError when there is none. */
export async function startPostgres(): Promise<PostgresServer> {
  const file = findPostgres("postgres");
  const account = await identity();
  const [port = 0] = await freePorts(1);
  const folder = makeFolder("postgres");
  const remove = () => removeFolder(folder);
  try {
    await initialize(folder, account);
  } catch (error) {
    remove();
    throw error;
  }
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${join(folder, "socket")}`,
  ];
  // What a killed process had written is safe with the operating system; only a dead machine would need the disk.
  settings.push("fsync=off");
  const server = new Managed({
    name: "PostgreSQL",
    file,
    args: ["-D", join(folder, "data"), ...settings.flatMap((setting) => ["-c", setting])],
    logFile: join(folder, "server.log"),
    ...(account && { identity: account }),
  });
  const isReady = () =>
    run(findPostgres("pg_isready"), ["-q", "-h", "127.0.0.1", "-p", String(port)]).then(
      () => true,
      () => false,
    );
  const kill = async () => {
    signalAll(server, "SIGKILL");
    await server.kill();
  };
  const restart = async () => {
    await kill();
    const end = performance.now() + START_LIMIT_MS;
    for (;;) {
      server.start();
      try {
        return await server.until(isReady, START_LIMIT_MS);
      } catch (error) {
        // After a kill -9 the old sessions live on for a moment, and a new server refuses to start beside them.
        if (performance.now() > end) throw error;
        await sleep(RETRY_MS);
      }
    }
  };
  const shutDown = async () => {
    signalAll(server, "SIGCONT"); // a frozen server cannot be kind
    await server.stop("SIGINT", KIND_MS);
  };
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await shutDown();
    remove();
  };
  try {
    await restart();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `postgres://shirts:shirts@127.0.0.1:${port}/shirts`,
    port,
    kill,
    restart,
    shutDown,
    pause: () => signalAll(server, "SIGSTOP"),
    resume: () => signalAll(server, "SIGCONT"),
    stop,
  };
}
