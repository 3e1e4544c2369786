// The programs of one RabbitMQ or one PostgreSQL: where they are, and how they are started there.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export type ServerName = "RabbitMQ" | "PostgreSQL";

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

export interface RunOptions {
  readonly account?: Account | undefined;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the program reads from its standard input. */
  readonly input?: string;
}

/** Runs a program to its end; resolves with what it wrote. Rejects, with its complaint, when it fails. */
export async function run(
  at: Installation,
  program: string,
  args: readonly string[],
  { account, input, ...options }: RunOptions = {},
): Promise<string> {
  const command = commandOf(at, program, args, account);
  const running = promisify(execFile)(command.file, command.args, { ...options, ...command.identity });
  if (input !== undefined) running.child.stdin?.end(input);
  return (await running).stdout;
}
