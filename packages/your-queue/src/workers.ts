/** Workers as processes: started, frozen, and listened to. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { freeze, programArgs } from "@shirts/command-line";
import type { Stall } from "./queues.ts";

const MAIN = fileURLToPath(new URL("worker-main.ts", import.meta.url));
/** A worker that says nothing for so long has hung. */
const LIMIT_MS = 60_000;

export interface WorkerPlan {
  /** The module with its `work`, as a URL. */
  readonly file: string;
  readonly queue: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly outsideUrl: string;
  /** Where it stalls, once: `PURPLE 4`. */
  readonly stallsAt?: string | undefined;
  readonly stall: Stall;
}

export type WorkerEvent = { readonly rendering: string } | { readonly log: string };

/** The play was told to end in its middle. */
export class StoppedError extends Error {}

/** The workers of one play, and what they have said so far. */
export class Workers {
  readonly #children: ChildProcess[] = [];
  readonly #said: string[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #onLog: (line: string) => void;
  readonly #unlisten: () => void;
  #failure: Error | undefined;
  #isOver = false;

  /** `onLog` gets each line of a worker's log, such as `worker 1: PURPLE done`. After `stop` nothing is waited for. */
  constructor(onLog: (line: string) => void, stop?: AbortSignal) {
    this.#onLog = onLog;
    const end = () => {
      this.#failure ??= new StoppedError("the play was stopped");
      this.#tellListeners();
    };
    stop?.addEventListener("abort", end);
    this.#unlisten = () => stop?.removeEventListener("abort", end);
    if (stop?.aborted) end();
  }

  /** Starts the next worker; the first one is worker 1. */
  start(plan: WorkerPlan): void {
    const name = `worker ${this.#children.length + 1}`;
    const child = spawn(
      process.execPath,
      [...programArgs(MAIN, { fromSource: true }), JSON.stringify(plan)],
      {
        stdio: ["pipe", "inherit", "inherit", "pipe", "pipe"],
      },
    );
    this.#children.push(child);
    createInterface({ input: child.stdio[3] as Readable }).on("line", (line) => {
      const event = JSON.parse(line) as WorkerEvent;
      if ("log" in event) this.#onLog(`${name}: ${event.log}`);
      this.#say(`${name}: ${"log" in event ? event.log : `renders ${event.rendering}`}`);
    });
    const fail = (why: string) => {
      if (this.#isOver) return;
      this.#failure ??= new Error(`${name} ${why}`);
      this.#tellListeners();
    };
    child.on("error", (error) => fail(`cannot be started: ${error.message}`));
    child.on("exit", (code, signal) => fail(`ended in the middle of the play (${code ?? signal})`));
  }

  /**
   * Resolves when a worker has said a line that fits, after the first `from` lines: with how many lines were said by then.
   * Rejects when a worker ends, or none says it within a minute.
   */
  until(fits: RegExp, from = 0): Promise<number> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        end();
      };
      const look = () => {
        const at = this.#said.findIndex((line, index) => index >= from && fits.test(line));
        if (at >= 0) settle(() => resolve(at + 1));
        else if (this.#failure) settle(() => reject(this.#failure));
      };
      const late = () => reject(new Error(`no worker said ${fits} within ${LIMIT_MS / 1000} s`));
      const timer = setTimeout(() => settle(late), LIMIT_MS);
      this.#listeners.add(look);
      look();
    });
  }

  /** SIGSTOP: worker 1 does nothing at all from now on. */
  freeze(): void {
    const [first] = this.#children;
    if (first) freeze(first);
  }

  /** Worker 1 wakes up if it is frozen, and goes on where it stalled. */
  goOn(): void {
    const [first] = this.#children;
    if (first === undefined) throw new Error("there is no worker 1");
    (first.stdio[4] as Writable).write("!");
    first.kill("SIGCONT");
  }

  /** Kills all; resolves when they are gone. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.#unlisten();
    await Promise.all(
      this.#children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGKILL");
        await gone;
      }),
    );
  }

  #say(line: string): void {
    this.#said.push(line);
    this.#tellListeners();
  }

  #tellListeners(): void {
    for (const look of [...this.#listeners]) look();
  }
}
