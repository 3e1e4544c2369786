// What the commands that start servers have in common: start, do something, and always stop everything.

import { spawn } from "node:child_process";
import { stopSignal } from "@shirts/command-line";
import type { Server } from "./server.ts";

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const KILL_AFTER_MS = 10_000;

/**
 * Runs `command` with more environment and our terminal; resolves with its exit code. A signal to us ends it too:
 * it is asked, and killed when it does not listen.
 */
export function runCommand(command: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { stdio: "inherit", env: { ...process.env, ...env } });
  for (const name of Object.keys(SIGNALS) as NodeJS.Signals[]) {
    process.on(name, () => {
      // A Ctrl-C in the terminal has reached the command already, and a second one would end it at once.
      if (name !== "SIGINT" || !process.stdin.isTTY) child.kill(name);
      setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${file} cannot be started: ${error.message}`)));
    child.on("exit", (code, signal) => resolve(code ?? SIGNALS[signal as keyof typeof SIGNALS] ?? 137));
  });
}

/**
 * Runs `body` with the servers of all `starts`, which start at the same time, and stops them in the end, also when a
 * start or the body fails. Resolves with the exit code of `body`, or of a signal that comes while they start. Throws what
 * a start or the body throws.
 */
export async function withServers<T extends Server>(
  starts: readonly (() => Promise<T>)[],
  body: (servers: readonly T[]) => Promise<number>,
): Promise<number> {
  const stopped = stopSignal();
  const results = Promise.allSettled(starts.map((start) => start()));
  const early = await Promise.race([results, stopped]);
  // Killing is what the exit of this process does to servers that are still starting.
  if (typeof early === "number") return early;
  const servers = early.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  try {
    const failed = early.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    return await body(servers);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
