/**
 * Prints each workload's on-CPU time as a ratio to Go's, lower is better: interleaved rounds, medians. One process for each
 * measurement, and one thread: GOMAXPROCS=1 for Go, and for Node a garbage collector without helpers.
 * `ROUNDS=5 pnpm --filter chan bench [workload ...]`. OTHER_NODE names another Node for one more column.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Workloads } from "./workloads/workloads.ts";

interface Row {
  readonly n: number;
  /** The ratio to Go, or the bytes, that we want to stay under. */
  readonly bar: number;
  readonly unit?: "bytes";
}

const ROWS: Record<string, Row> = {
  "ping-pong": { n: 1_000_000, bar: 1 },
  unbuffered: { n: 1_000_000, bar: 1 },
  buffered: { n: 1_000_000, bar: 2 },
  "buffered-try": { n: 1_000_000, bar: 0.5 },
  "select-two": { n: 1_000_000, bar: 1 },
  fibonacci: { n: 1_000_000, bar: 1 },
  "fan-in": { n: 1_000_000, bar: 1.1 },
  sieve: { n: 1000, bar: 1.5 },
  ring: { n: 1_000_000, bar: 1.1 },
  routines: { n: 100_000, bar: 1000, unit: "bytes" },
  leak: { n: 100_000, bar: 1, unit: "bytes" },
};
/** Ours first, the floor, and the peers. Each does the workloads that its file has. */
const LIBRARIES = ["ours", "floor", "ts-chan", "thing-csp", "nodeguy", "lesomnus"];

/** Those that would take a minute or more: a tenth of the operations, and ten times the result. */
const TENTH = new Set([
  "nodeguy select-two",
  "nodeguy fibonacci",
  "lesomnus ping-pong",
  "lesomnus select-two",
  "lesomnus fibonacci",
  "lesomnus ring",
  "lesomnus routines",
]);

/** Memory is measured too: that is what the other flag is for. */
const ONE_THREAD = ["--single-threaded-gc", "--expose-gc"];
/** Ours on the Node that OTHER_NODE names. */
const OTHER = "other";
const otherNode = process.env.OTHER_NODE;

interface Measured {
  readonly cpuMs: number;
  readonly bytes: number | null;
}

const here = fileURLToPath(new URL(".", import.meta.url));
const package_ = fileURLToPath(new URL("../../../", import.meta.url));
const rounds = Number(process.env.ROUNDS ?? 5);

function buildGo(): string | undefined {
  const out = `${package_}.cache/bench/go-bench`;
  try {
    execFileSync("go", ["build", "-o", out, "."], { cwd: `${package_}bench/go`, stdio: "ignore" });
    return out;
  } catch {
    console.log("go is not on the PATH: milliseconds instead of ratios");
    return undefined;
  }
}

function versionOf(node: string): string {
  return execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Longer than this and the program is said to hang. Milliseconds. */
const LIMIT_MS = 120_000;

type Result = number | "wrong" | "hangs";

/** The median, or the fault if one round had one. */
function summary(results: readonly Result[]): Result {
  const fault = results.find((it) => typeof it === "string");
  return fault ?? median(results.map(Number));
}

function shown(library: string, result: Result | undefined, base: number, { unit }: Row): string {
  if (typeof result !== "number") return result ?? "";
  if (unit === "bytes") return `${result.toFixed(1)} bytes`;
  return library === "go" ? `${result.toFixed(0)} ms` : (result / base).toFixed(2);
}

function measure(library: string, workload: string, { n, unit }: Row, go: string | undefined): Result {
  const isGo = library === "go";
  const node = library === OTHER && otherNode ? otherNode : process.execPath;
  const share = TENTH.has(`${library} ${workload}`) ? 10 : 1;
  const command = isGo ? (go ?? "") : node;
  const args = isGo
    ? [workload, String(n)]
    : [...ONE_THREAD, `${here}one.js`, library === OTHER ? "ours" : library, workload, String(n / share)];
  const { error, status, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, GOMAXPROCS: "1" },
    timeout: LIMIT_MS,
  });
  // 13: Node found nothing left to wait for and the workload not done; 2: the same in the words of Go.
  const isAsleep = !isGo && (status === 13 || status === 2);
  if (isAsleep || (error !== undefined && "code" in error && error.code === "ETIMEDOUT")) return "hangs";
  if (error !== undefined) throw error;
  if (status !== 0) return "wrong";
  const measured: Measured = JSON.parse(stdout);
  return unit === "bytes" ? (measured.bytes ?? 0) : measured.cpuMs * share;
}

const go = buildGo();
const wanted = process.argv.slice(2);
console.log(
  `${rounds} rounds, medians; Node ${process.version}${otherNode ? `, other: ${versionOf(otherNode)}` : ""}`,
);
const workloadsOf = new Map<string, Workloads>();
for (const library of LIBRARIES)
  workloadsOf.set(library, (await import(`${here}workloads/${library}.js`)).workloads);
for (const [workload, row] of Object.entries(ROWS)) {
  if (wanted.length > 0 && !wanted.includes(workload)) continue;
  const libraries = LIBRARIES.filter((library) => workloadsOf.get(library)?.[workload] !== undefined);
  if (otherNode) libraries.splice(1, 0, OTHER);
  if (go !== undefined && workload !== "leak") libraries.unshift("go");
  const times = new Map<string, Result[]>(libraries.map((library) => [library, []]));
  for (let round = 0; round < rounds; round++)
    for (const library of libraries) times.get(library)?.push(measure(library, workload, row, go));
  const results = new Map(libraries.map((library) => [library, summary(times.get(library) ?? [])]));
  const base = Number(results.get("go") ?? 1);
  const cells = libraries.map((library) => `${library} ${shown(library, results.get(library), base, row)}`);
  const ours = Number(results.get("ours")) / (row.unit === "bytes" ? 1 : base);
  const verdict = row.unit !== "bytes" && go === undefined ? "unknown" : ours <= row.bar ? "met" : "not met";
  console.log(
    `${workload.padEnd(14)} bar ${String(row.bar).padEnd(5)} ${verdict.padEnd(8)} ${cells.join("   ")}`,
  );
}
