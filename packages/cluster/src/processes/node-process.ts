/** A node of a stage as a process of its own, whose trace events come in as they happen. */
import { decodeTraceEvent, type Stage, type TraceEvent } from "@shirts/story";
import { type Child, start } from "./child.ts";

export interface NodeSettings {
  readonly name: string;
  readonly stage: Stage;
  /** The program, below packages/; without it the stage's own `main.ts`. */
  readonly entry?: string | undefined;
  /** A file, its whole path, in the place of the stage's worker.ts. */
  readonly worker?: string | undefined;
  /** Milliseconds per step. */
  readonly paceMs: number;
  readonly steps: number;
  /** How long the node may take for what it has begun once it is told to end, in milliseconds. */
  readonly drainMs: number;
  /** AMQP_URL and DATABASE_URL. */
  readonly env: NodeJS.ProcessEnv;
}

/** For a worker of one's own; a node of the house takes two seconds on a busy machine. */
const IMPORT_MS = 30_000;

/** The reason in the event of a node that ended with `code`. "killed" is the simulator's word, too: a kill leaves no last words. */
export function reasonOf(node: Child, code: number | string): string {
  return code === "SIGKILL" ? "killed" : node.complaint() || `ended with ${code}`;
}

/** Starts a node. `ready` resolves when it waits for jobs, and rejects with one line when it ends before that. */
export function startNode(
  { name, stage, entry = `${stage}/src/main.ts`, worker, paceMs, steps, drainMs, env }: NodeSettings,
  tell: (event: TraceEvent) => void,
): { readonly node: Child; readonly ready: Promise<void> } {
  const settings = { name, pace: paceMs, steps, drain: drainMs };
  const flags = Object.entries(settings).flatMap(([flag, value]) => [`--${flag}`, `${value}`]);
  let answer: (event: TraceEvent) => void = () => {};
  const onLine = (line: string): void => {
    const event = readEvent(name, line);
    answer(event);
    tell(event);
  };
  const node = start(name, entry, ["--json", ...flags], env, onLine, { worker });
  const ready = new Promise<void>((resolve, reject) => {
    answer = ({ type }) => {
      if (type === "ready") resolve();
    };
    void node.ended.then((code) =>
      reject(new Error(`${name} did not start (exit ${code}): ${node.complaint()}`)),
    );
    if (worker === undefined) return;
    // Nobody knows what it does when it is imported.
    const timer = setTimeout(() => {
      reject(
        new Error(
          `${name} did not start within ${IMPORT_MS / 1000} s: does ${worker} hang while it is imported?`,
        ),
      );
      node.signal("SIGKILL");
    }, IMPORT_MS);
    timer.unref();
    void node.ended.then(() => clearTimeout(timer));
    const told = answer;
    answer = (event) => {
      if (event.type === "ready") clearTimeout(timer);
      told(event);
    };
  });
  return { node, ready };
}

/** Another process wrote this line: one that is no trace event is reported as a failure of that node. */
function readEvent(node: string, line: string): TraceEvent {
  try {
    return decodeTraceEvent(line);
  } catch (error) {
    const reason = `it wrote a line that is no trace event (${(error as Error).message})`;
    return { type: "failed", reason, node, at: Date.now() };
  }
}
