// A server process that is ours to start, kill and start again.
//
// 1. It runs in its own process group: a Ctrl-C in the terminal does not reach it, and one kill reaches all of it.
// 2. Whatever way this process ends (short of kill -9), no server outlives it, nor its data.

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { removeFolders } from "./folder.ts";
import { type Account, killRunning } from "./installation.ts";
import { expectFree } from "./ports.ts";

export interface ServerCommand {
  /** For messages: "RabbitMQ", "PostgreSQL". */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** What the process writes is appended here. */
  readonly logFile: string;
  /** The ports that it takes, on loopback. */
  readonly ports: readonly number[];
  /** The user and group to run as; left out means ours. */
  readonly identity?: Account;
}

const POLL_MS = 50;
const living = new Set<number>();

process.on("exit", () => {
  killRunning();
  for (const pid of living) signalGroup(pid, "SIGKILL");
  removeFolders();
});

export const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: it is gone already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

export class Managed {
  readonly #command: ServerCommand;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();

  constructor(command: ServerCommand) {
    this.#command = command;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /** The main process, undefined when it is not running. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Starts the process, and waits until `isReady` returns true. Throws when it is running; a PortTakenError when another program has
   * one of its ports; and an error with the last lines of the log when it ends before it serves, or `limitMs` have passed.
   */
  async serve(isReady: () => Promise<boolean>, limitMs: number): Promise<void> {
    const { name, ports } = this.#command;
    await expectFree(name, ...ports);
    this.#start();
    try {
      await this.#until(isReady, limitMs);
    } catch (error) {
      // Another program may have taken one since.
      await expectFree(name, ...ports);
      throw error;
    }
  }

  #start(): void {
    if (this.#child !== undefined) throw new Error(`${this.#command.name} is running already`);
    const { file, args, env, logFile, identity } = this.#command;
    const log = openSync(logFile, "a");
    const child = spawn(file, args, {
      stdio: ["ignore", log, log],
      detached: true,
      ...identity,
      ...(env && { env }),
    });
    closeSync(log);
    const { pid } = child;
    if (pid !== undefined) living.add(pid);
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      const end = () => {
        // Children that the server left behind go with it.
        if (pid !== undefined) {
          signalGroup(pid, "SIGKILL");
          living.delete(pid);
        }
        this.#child = undefined;
        resolve();
      };
      child.on("exit", end);
      child.on("error", end);
    });
  }

  /** Sends a signal to the whole group; does nothing when the server is not running. */
  signal(name: NodeJS.Signals): void {
    if (this.#child?.pid !== undefined) signalGroup(this.#child.pid, name);
  }

  /** kill -9, as a machine that loses its power; resolves when the process is gone. */
  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.#exited;
  }

  /** Sends `signal` to the main process, and kills it after `kindMs`; resolves when it is gone. */
  async stop(signal: NodeJS.Signals, kindMs: number): Promise<void> {
    // A frozen process cannot be kind.
    this.signal("SIGCONT");
    this.#child?.kill(signal);
    const timer = setTimeout(() => this.signal("SIGKILL"), kindMs);
    await this.#exited;
    clearTimeout(timer);
  }

  async #until(isReady: () => Promise<boolean>, limitMs: number): Promise<void> {
    const end = performance.now() + limitMs;
    while (!(await isReady())) {
      const isLate = performance.now() > end;
      if (!this.isRunning || isLate) {
        await this.kill();
        const why = isLate ? `did not serve within ${limitMs / 1000} s` : "ended before it served";
        const log = readFileSync(this.#command.logFile, "utf8").trimEnd().split("\n").slice(-15).join("\n");
        throw new Error(`${this.#command.name} ${why}. The last lines of ${this.#command.logFile}:\n${log}`);
      }
      await sleep(POLL_MS);
    }
  }
}
