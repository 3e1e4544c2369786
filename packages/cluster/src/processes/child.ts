/**
 * Child processes: the broker, the table, the nodes. Each ends when its stdin closes, so that none outlives a parent that
 * is killed, however it is killed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freeze, type HowToRun, programArgs } from "@shirts/command-line";

const PACKAGES = new URL("../../../", import.meta.url);

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves with the exit code, or with the signal's name. */
  readonly ended: Promise<number | string>;
  /** The last lines that the process wrote to stderr. */
  complaint(): string;
  signal(name: NodeJS.Signals): void;
}

const living = new Set<ChildProcess>();

/** Starts `entry` like `startOnce`; it ends when this process does. */
export function start(
  name: string,
  entry: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
  how?: HowToRun,
): Child {
  return startOnce(name, entry, [...args, "--parent-pipe"], env, onLine, how);
}

/**
 * Starts `entry`, a TypeScript file below packages/ ("broker/src/main.ts"), as a process of its own that ends by itself.
 * `onLine` gets every line of stdout.
 */
export function startOnce(
  name: string,
  entry: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
  how?: HowToRun,
): Child {
  const file = fileURLToPath(new URL(entry, PACKAGES));
  const child = spawn(process.execPath, [...programArgs(file, how), ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  living.add(child);
  const complaints: string[] = [];
  createInterface({ input: child.stdout }).on("line", onLine);
  createInterface({ input: child.stderr }).on("line", (line) => {
    complaints.push(line);
    if (complaints.length > 5) complaints.shift();
  });
  // A process that is killed closes its end of the pipe; that is no error of ours.
  child.stdin.on("error", () => {});
  const ended = new Promise<number | string>((resolve) => {
    child.once("close", (code, signal) => {
      living.delete(child);
      resolve(code ?? signal ?? 0);
    });
    child.once("error", (error) => {
      complaints.push(error.message);
      living.delete(child);
      resolve(1);
    });
  });
  return {
    name,
    pid: child.pid ?? 0,
    ended,
    complaint: () => complaints.join("; "),
    signal: (signal) => (signal === "SIGSTOP" ? freeze(child) : child.kill(signal)),
  };
}

/** Ends a child: asks it first, and sends SIGKILL after `graceMs`. Resolves when it has ended. */
export async function end(child: Child, graceMs = 3000): Promise<void> {
  // A paused process hears a signal only when it goes on.
  child.signal("SIGCONT");
  child.signal("SIGTERM");
  const timer = setTimeout(() => child.signal("SIGKILL"), graceMs);
  await child.ended;
  clearTimeout(timer);
}

/** Kills every process that is still alive. Synchronous: fit for the last moment before exit. */
export function killAll(): void {
  for (const child of living) child.kill("SIGKILL");
}
