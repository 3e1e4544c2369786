// A private Redis: own port and data folder, listening on loopback only.

import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { chosen } from "./choose.ts";
import { versionOf } from "./find.ts";
import { makeFolder, removeFolder } from "./folder.ts";
import { commandOf } from "./installation.ts";
import { Managed } from "./managed.ts";
import { freePorts } from "./ports.ts";
import type { Server } from "./server.ts";
import { started } from "./started.ts";

const START_LIMIT_MS = 30_000;
const KIND_MS = 5000;
const PROBE_LIMIT_MS = 1000;

/** It has read its data and answers; while it reads them, it answers with an error. */
function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1").setEncoding("utf8");
    const end = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(PROBE_LIMIT_MS, () => end(false));
    socket.on("connect", () => socket.write("PING\r\n"));
    socket.on("data", (said) => end(String(said).startsWith("+PONG")));
    socket.on("error", () => end(false));
    socket.on("close", () => end(false));
  });
}

/**
 * Starts a Redis; resolves when it serves (about 0.1 s). It writes down each command before the next one (AOF), so that
 * what it has answered is there again after a kill. Throws NotInstalledError when there is none.
 */
export async function startRedis(): Promise<Server> {
  const at = await chosen("Redis");
  const version = await versionOf(at);
  const folder = makeFolder("redis", at);
  const [port = 0] = await freePorts(1);
  const settings = ["--bind", "127.0.0.1", "--port", String(port), "--dir", folder];
  // No snapshots, and no key may be dropped for want of memory: a queue must lose nothing.
  settings.push("--save", "", "--appendonly", "yes", "--maxmemory-policy", "noeviction");
  const logFile = join(folder, "server.log");
  writeFileSync(logFile, "");
  const server = new Managed({
    name: "Redis",
    ...commandOf(at, "redis-server", settings),
    logFile,
    ports: [port],
  });
  const restart = async () => {
    await server.kill();
    await server.serve(() => isReady(port), START_LIMIT_MS);
  };
  const stop = await started(restart, async () => {
    await server.stop("SIGTERM", KIND_MS);
    removeFolder(folder);
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    version,
    kill: () => server.kill(),
    restart,
    pause: () => server.signal("SIGSTOP"),
    resume: () => server.signal("SIGCONT"),
    stop,
  };
}
