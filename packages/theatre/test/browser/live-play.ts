/** A live play as a process of its own, as `npm start -- --page` begins one. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const DEMO = fileURLToPath(new URL("../../../demo/src/main.ts", import.meta.url));

export interface LivePlay {
  /** The server of the page, with a slash at its end. */
  readonly at: string;
  /** The part of the link that holds the token. */
  readonly hash: string;
  readonly ended: Promise<unknown>;
  kill(signal: NodeJS.Signals): void;
}

const started: ChildProcess[] = [];

/** Ends all plays that were started here, and do not end by themselves. */
export function endPlays(): void {
  for (const child of started.splice(0)) child.kill("SIGKILL");
}

/** Starts a play whose jobs take `steps` times `paceMs`. Resolves when its page can be opened. */
export async function startPlay(stage: string, paceMs: number, steps: number): Promise<LivePlay> {
  const flags = ["--page", "--json", "--stage", stage, "--people", "1000"];
  const child = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), DEMO, ...flags, "--pace", `${paceMs}`, "--steps", `${steps}`],
    { env: { ...process.env, AMQP_URL: "embedded", DATABASE_URL: "" }, stdio: ["ignore", "pipe", "inherit"] },
  );
  started.push(child);
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, "line")) as [string];
  const { origin, hash } = new URL(JSON.parse(line).page);
  // What is not read would fill the pipe, and stop the play.
  lines.on("line", () => {});
  return { at: `${origin}/`, hash, ended: once(child, "close"), kill: (signal) => child.kill(signal) };
}
