// The programs of one RabbitMQ, one PostgreSQL or one Redis: where they are, and how they are started there.

import { spawn } from "node:child_process";
import { join } from "node:path";

export type ServerName = "RabbitMQ" | "PostgreSQL" | "Redis";

export interface Installation {
  readonly name: ServerName;
  /** The folder with its programs. */
  readonly bin: string;
  /** The folder that its programs take for the whole file system (see newer.ts); undefined: the machine's own. */
  readonly root: string | undefined;
}

/** A user of the machine, by its numbers. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** A command as `spawn` takes it. */
interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** The user and group to run as; left out means ours. */
  readonly identity?: Account;
}

/** The command that runs a program of this installation, as `account` or as us. `program`: its name, or its whole path. */
export function commandOf(
  { bin, root }: Installation,
  program: string,
  args: readonly string[] = [],
  account?: Account,
): Command {
  const file = program.includes("/") ? program : join(bin, program);
  if (root === undefined) return { file, args, ...(account && { identity: account }) };
  const user = account ? [`--userspec=+${account.uid}:+${account.gid}`] : [];
  return { file: "/usr/sbin/chroot", args: [...user, root, file, ...args] };
}

/** The process groups of programs that `run` waits for. */
const running = new Set<number>();

/** Ends the programs of `run` that still run, with their children; for the end of this process, which they must not outlive. */
export function killRunning(): void {
  for (const pid of running) {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended in the meantime.
    }
  }
}

export interface RunOptions {
  readonly account?: Account | undefined;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the program reads from its standard input. */
  readonly input?: string;
}

/** Runs a program to its end; resolves with what it wrote. Rejects, with its complaint, when it fails. */
export function run(
  at: Installation,
  program: string,
  args: readonly string[],
  { account, input, ...options }: RunOptions = {},
): Promise<string> {
  const command = commandOf(at, program, args, account);
  const child = spawn(command.file, command.args, {
    ...options,
    ...command.identity,
    detached: true,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  const { pid } = child;
  if (pid !== undefined) running.add(pid);
  // A program that ends before it has read all says why itself.
  child.stdin?.on("error", () => {}).end(input);
  const written = { out: "", complaint: "" };
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    written.out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    written.complaint += text;
  });
  return new Promise<string>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(written.out);
      else reject(new Error(`${program} failed (${code ?? signal}): ${written.complaint.trim()}`));
    });
  }).finally(() => pid !== undefined && running.delete(pid));
}
