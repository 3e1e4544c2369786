// One step of the gate: a command that runs to its end, quietly or with its output on the screen.

import { type ChildProcess, spawn } from "node:child_process";

/** How a step ended. `output` is empty when it went straight to the screen. */
export interface StepResult {
  readonly exitCode: number;
  readonly seconds: number;
  readonly output: string;
}

const KILL_AFTER_MS = 5000;
/** Steps have colours when the gate itself has a terminal, also those whose output is kept for later. */
const COLOUR = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };

const isWindows = process.platform === "win32";
const running = new Set<ChildProcess>();

/** Ends the steps that run at once, with all their children; they then report a failure. */
export function killSteps(): void {
  for (const child of running) signalStep(child, "SIGKILL");
}

/** Ends the steps that run, in order first; they then report a failure. */
function stopSteps(): void {
  for (const child of running) {
    signalStep(child, "SIGTERM");
    setTimeout(() => signalStep(child, "SIGKILL"), KILL_AFTER_MS).unref();
  }
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
let signalled: number | undefined;

/** The exit code of the signal that has come; undefined before. */
export function signalCode(): number | undefined {
  return signalled;
}

/** From now on a signal ends the steps that run, and no other step begins. */
export function stopStepsOnSignal(): void {
  for (const [name, exitCode] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      signalled = exitCode;
      stopSteps();
    });
  }
}

function signalStep(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(isWindows ? child.pid : -child.pid, signal);
  } catch (error) {
    // ESRCH: it has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/**
 * Runs `command` and resolves when it has ended; never rejects. A command that cannot be started, or is ended by a
 * signal, has a non-zero exit code. With `isLive` its output goes to the screen as it comes. After a signal nothing is started.
 */
export function runStep(
  command: readonly string[],
  isLive: boolean,
  cwd: string = process.cwd(),
): Promise<StepResult> {
  if (signalled !== undefined) return Promise.resolve({ exitCode: signalled, seconds: 0, output: "" });
  const [file = "", ...args] = command;
  const started = performance.now();
  const child = spawn(file, args, {
    cwd,
    stdio: ["ignore", isLive ? "inherit" : "pipe", isLive ? "inherit" : "pipe"],
    env: { ...process.env, ...COLOUR },
    // In a process group of its own a step can be ended with all its children, and a test that kills its own group by
    // mistake does not take the gate with it, which then counts the failure.
    detached: !isWindows,
  });
  running.add(child);
  const { promise, settle } = settling<StepResult>();
  let output = "";
  const end = (exitCode: number) => {
    running.delete(child);
    settle({ exitCode, seconds: (performance.now() - started) / 1000, output });
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  child.on("error", (error) => {
    output += `${file}: ${error.message}\n`;
    end(127);
  });
  child.on("close", (code) => end(code ?? 1));
  return promise;
}

function settling<T>(): { promise: Promise<T>; settle: (value: T) => void } {
  let settle: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}
