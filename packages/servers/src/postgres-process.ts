// One PostgreSQL process on a data folder that is there already: started, killed, frozen and asked.

import { execFileSync, spawnSync } from "node:child_process";
import { userInfo } from "node:os";
import { join } from "node:path";
import { chosen } from "./choose.ts";
import { removeFolder } from "./folder.ts";
import { type Account, commandOf, type Installation, run } from "./installation.ts";
import { Managed, sleep } from "./managed.ts";
import { newerAccount } from "./newer.ts";
import { freePorts, PortTakenError } from "./ports.ts";
import type { Server } from "./server.ts";
import { started } from "./started.ts";

const START_LIMIT_MS = 60_000;
const KIND_MS = 10_000;
const RETRY_MS = 300;

/** A private PostgreSQL. */
export interface PostgresServer extends Server {
  /** Ends it in order, in the middle of what its clients do (PostgreSQL's "fast" shutdown); `restart` starts it again. */
  shutDown(): Promise<void>;
}

/** A PostgreSQL of this machine, and the user that it runs as; undefined: ours. */
export interface Home {
  readonly at: Installation;
  readonly account: Account | undefined;
}

/** Throws NotInstalledError when there is no PostgreSQL. */
export async function findHome(): Promise<Home> {
  const at = await chosen("PostgreSQL");
  return { at, account: accountFor(at) };
}

/** PostgreSQL refuses to run as root. Then it runs as the user that Debian's package made for it, else as "nobody". */
function accountFor({ root }: Installation): Account | undefined {
  if (userInfo().uid !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const account = root === undefined ? ownAccount(name) : newerAccount(root, name);
    if (account !== undefined) return account;
  }
  throw new Error("PostgreSQL cannot run as root, and there is neither a user postgres nor nobody");
}

/** Undefined: there is no such user on this machine. */
function ownAccount(name: string): Account | undefined {
  const id = (flag: string) =>
    Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

/** Runs statements with psql, each in a transaction of its own; resolves with the bare values. Rejects when one fails. */
export async function psql({ url }: Pick<Server, "url">, ...statements: string[]): Promise<string> {
  const commands = statements.flatMap((statement) => ["-c", statement]);
  const at = await chosen("PostgreSQL");
  return (await run(at, "psql", ["-XAtq", "-v", "ON_ERROR_STOP=1", ...commands, url])).trim();
}

/** Resolves when the answer to `question` is `answer`. Throws, with the last answer, after a minute. */
export async function psqlUntil(
  server: Pick<Server, "url">,
  question: string,
  answer: string,
): Promise<void> {
  const end = performance.now() + START_LIMIT_MS;
  for (;;) {
    const got = await psql(server, question);
    if (got === answer) return;
    if (performance.now() > end) throw new Error(`"${question}" is still "${got}", and not "${answer}"`);
    await sleep(RETRY_MS / 6);
  }
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

/**
 * Serves `folder`/data on a free port; resolves when it serves (about 2 s). `folder` has an empty server.log and a folder
 * named socket, and all of it is the account's of `home`. It is removed with the server's `stop`, and when the start fails.
 */
export async function servePostgres(folder: string, { at, account }: Home): Promise<PostgresServer> {
  const [port = 0] = await freePorts(1);
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${join(folder, "socket")}`,
  ];
  // What a killed process had written is safe with the operating system; only a dead machine would need the disk.
  settings.push("fsync=off");
  const server = new Managed({
    name: "PostgreSQL",
    ...commandOf(
      at,
      "postgres",
      ["-D", join(folder, "data"), ...settings.flatMap((setting) => ["-c", setting])],
      account,
    ),
    logFile: join(folder, "server.log"),
    ports: [port],
  });
  const isReady = () =>
    run(at, "pg_isready", ["-q", "-h", "127.0.0.1", "-p", String(port)]).then(
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
      try {
        return await server.serve(isReady, START_LIMIT_MS);
      } catch (error) {
        // After a kill -9 the old sessions live on for a moment, and a new server refuses to start beside them.
        if (error instanceof PortTakenError || performance.now() > end) throw error;
        await sleep(RETRY_MS);
      }
    }
  };
  const shutDown = async () => {
    signalAll(server, "SIGCONT"); // a frozen server cannot be kind
    await server.stop("SIGINT", KIND_MS);
  };
  const url = `postgres://shirts:shirts@127.0.0.1:${port}/shirts`;
  let version = "";
  const start = async () => {
    await restart();
    version = /^[\d.]*/.exec(await psql({ url }, "SHOW server_version"))?.[0] ?? "";
  };
  const stop = await started(start, async () => {
    await shutDown();
    removeFolder(folder);
  });
  return {
    url,
    port,
    version,
    kill,
    restart,
    shutDown,
    pause: () => signalAll(server, "SIGSTOP"),
    resume: () => signalAll(server, "SIGCONT"),
    stop,
  };
}
