/** The demo as a process of its own, as people run it, and the processes below it. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { programArgs } from "@shirts/command-line";
import { afterEach, expect } from "vitest";

const MAIN = new URL("../../src/main.ts", import.meta.url).pathname;

/** Never a broker that happens to listen on 5672: its queues are not ours. */
export const EMBEDDED = { AMQP_URL: "embedded", DATABASE_URL: "" };

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

export interface Demo {
  readonly pid: number;
  readonly lines: readonly string[];
  /** Resolves when a line of the output contains `part`; rejects when the demo ends before that. */
  shows(part: string): Promise<void>;
  /** Resolves with the exit code and everything on stderr. */
  readonly ended: Promise<{ code: number | null; err: string }>;
  kill(signal: NodeJS.Signals): void;
  /** Closes the pipe that the demo writes to. */
  stopReading(): void;
}

export function demo(args: string, env: NodeJS.ProcessEnv): Demo {
  const child = spawn(process.execPath, [...programArgs(MAIN), ...args.split(" ")], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const lines: string[] = [];
  const news = new EventEmitter();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    news.emit("line");
  });
  const ended = Promise.all([text(child.stderr), once(child, "close")]).then(([err, [code]]) => ({
    code,
    err,
  }));
  void ended.then(() => news.emit("line"));
  return {
    pid: child.pid ?? expect.fail("the demo did not start"),
    lines,
    ended,
    kill: (signal) => child.kill(signal),
    stopReading: () => child.stdout.destroy(),
    async shows(part) {
      while (!lines.some((line) => line.includes(part))) {
        if (child.exitCode !== null) throw new Error(`the demo ended before it showed ${part}`);
        await once(news, "line");
      }
    },
  };
}

/** The processes below `pid`, at any depth. */
export function descendants(pid: number): number[] {
  const table = execFileSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => [child, ...below(child)]);
  return below(pid);
}

/** The pid of one of the demo's nodes. Never 0, which would mean this whole process group. */
export function nodeProcess(demo: number, name: string): number {
  const table = execFileSync("ps", ["-e", "-ww", "-o", "pid=,args="], { encoding: "utf8" });
  const family = descendants(demo);
  const line = table
    .split("\n")
    .find((row) => row.includes(`--name ${name} `) && family.includes(Number.parseInt(row, 10)));
  return line ? Number.parseInt(line, 10) : expect.fail(`${name} is not running`);
}

/** Those of `pids` that still run. A process that has ended and only waits to be collected does not. */
export function alive(pids: readonly number[]): number[] {
  const table = execFileSync("ps", ["-e", "-o", "pid=,stat="], { encoding: "utf8" }).trim().split("\n");
  const running = table.map((row) => row.trim().split(/\s+/)).filter(([, state]) => !state?.startsWith("Z"));
  return running.map(([pid]) => Number(pid)).filter((pid) => pids.includes(pid));
}
