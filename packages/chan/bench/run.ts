/**
 * Prints each workload's on-CPU time as a ratio to the floor's of the same run, and the ratio to Go's after it; lower is better:
 * interleaved rounds, medians. One process for each measurement, and one thread: GOMAXPROCS=1 for Go, and for Node a garbage
 * collector without helpers. `ROUNDS=5 pnpm --filter chan bench [workload ...]`. OTHER_NODE names another Node for one more column.
 * `bench mixed [workload ...]`: ours and the floor only, each in a process that has run all workloads before.
 * `bench million`: the memory of a million blocked routines. MORE_PEERS names a folder that has effect, for a column of it.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import type { Workloads } from "./workloads/workloads.ts";

interface Row {
  readonly n: number;
  /** The ratio to `of`, or the bytes, that we want to stay under. */
  readonly bar: number;
  readonly of: "floor" | "go" | "bytes";
  /** The workload, unless the row is named like it. */
  readonly workload?: string;
  /** Only when it is asked for. */
  readonly isExtra?: true;
}

const FLOOR_BAR = 1.1;
const ROWS: Record<string, Row> = {
  "ping-pong": { n: 1_000_000, bar: FLOOR_BAR, of: "floor" },
  unbuffered: { n: 1_000_000, bar: FLOOR_BAR, of: "floor" },
  buffered: { n: 1_000_000, bar: FLOOR_BAR, of: "floor" },
  "buffered-try": { n: 1_000_000, bar: 0.5, of: "go" },
  "select-two": { n: 1_000_000, bar: FLOOR_BAR, of: "floor" },
  fibonacci: { n: 1_000_000, bar: FLOOR_BAR, of: "floor" },
  "fan-in": { n: 1_000_000, bar: FLOOR_BAR, of: "floor" },
  sieve: { n: 1000, bar: FLOOR_BAR, of: "floor" },
  ring: { n: 1_000_000, bar: FLOOR_BAR, of: "floor" },
  routines: { n: 100_000, bar: 1000, of: "bytes" },
  leak: { n: 100_000, bar: 1, of: "bytes" },
  million: { n: 1_000_000, bar: 1000, of: "bytes", workload: "routines", isExtra: true },
};
/** Ours first, the floor, and the peers, or what LIBRARIES names. Each does the workloads that its file has. */
const ALL = `ours,floor,ts-chan,thing-csp,nodeguy,lesomnus${process.env.MORE_PEERS ? ",effect" : ""}`;
const LIBRARIES = (process.env.LIBRARIES ?? ALL).split(",");

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

/** One thread; memory is measured too, and a million routines need more of it than Node allows by itself. */
const NODE_FLAGS = ["--single-threaded-gc", "--expose-gc", "--max-old-space-size=4096"];
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
    console.log("go is not on the PATH: no ratios to Go");
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

/** Its ratio to the floor and to Go, as `1.05 (0.92)`; what is not there is left out. */
function shown(library: string, results: ReadonlyMap<string, Result>, { of }: Row): string {
  const result = results.get(library);
  if (typeof result !== "number") return result ?? "";
  if (of === "bytes") return `${result.toFixed(1)} bytes`;
  if (library === "go" || (library === "floor" && !results.has("go"))) return `${result.toFixed(0)} ms`;
  const [floor, go] = [results.get("floor"), results.get("go")];
  const ratios = [];
  if (typeof floor === "number") ratios.push((result / floor).toFixed(2));
  if (typeof go === "number") ratios.push(`(${(result / go).toFixed(2)})`);
  return ratios.length > 0 ? ratios.join(" ") : `${result.toFixed(0)} ms`;
}

function verdict(results: ReadonlyMap<string, Result>, { bar, of }: Row): string {
  const base = of === "bytes" ? 1 : Number(results.get(of) ?? Number.NaN);
  const ours = Number(results.get("ours")) / base;
  if (Number.isNaN(ours)) return "unknown";
  return ours <= bar ? "met" : "not met";
}

function measure(library: string, name: string, row: Row, go: string | undefined): Result {
  const { n, of, workload = name } = row;
  const isGo = library === "go";
  const node = library === OTHER && otherNode ? otherNode : process.execPath;
  const share = TENTH.has(`${library} ${workload}`) ? 10 : 1;
  const command = isGo ? (go ?? "") : node;
  const one = [
    library === OTHER ? "ours" : library,
    workload,
    String(n / share),
    ...(isMixed ? ["mixed"] : []),
  ];
  const args = isGo ? [workload, String(n)] : [...NODE_FLAGS, `${here}one.js`, ...one];
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
  return of === "bytes" ? (measured.bytes ?? 0) : measured.cpuMs * share;
}

/** Which libraries a row measures. */
function librariesOf(name: string, { workload = name, isExtra }: Row): string[] {
  const all = isMixed || isExtra ? ["ours", "floor"] : LIBRARIES;
  const libraries = all.filter((library) => workloadsOf.get(library)?.[workload] !== undefined);
  if (otherNode) libraries.splice(1, 0, OTHER);
  if (go !== undefined && workload !== "leak" && !isMixed) libraries.unshift("go");
  return libraries;
}

const words = process.argv.slice(2);
const isMixed = words.includes("mixed");
const wanted = words.filter((word) => word !== "mixed");
const go = isMixed ? undefined : buildGo();
console.log(
  `${rounds} rounds, medians: the ratio to the floor of the same run, and to Go; ${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}${otherNode ? `, other: ${versionOf(otherNode)}` : ""}`,
);
const workloadsOf = new Map<string, Workloads>();
for (const library of LIBRARIES)
  workloadsOf.set(library, (await import(`${here}workloads/${library}.js`)).workloads);
for (const [name, row] of Object.entries(ROWS)) {
  if (wanted.length > 0 ? !wanted.includes(name) : row.isExtra || (isMixed && row.of !== "floor")) continue;
  const libraries = librariesOf(name, row);
  const times = new Map<string, Result[]>(libraries.map((library) => [library, []]));
  for (let round = 0; round < rounds; round++)
    for (const library of libraries) times.get(library)?.push(measure(library, name, row, go));
  const results = new Map(libraries.map((library) => [library, summary(times.get(library) ?? [])]));
  const cells = libraries.map((library) => `${library} ${shown(library, results, row)}`);
  console.log(
    `${name.padEnd(14)} bar ${String(row.bar).padEnd(5)} ${verdict(results, row).padEnd(8)} ${cells.join("   ")}`,
  );
}
