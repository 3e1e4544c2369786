/**
 * Prints each workload's on-CPU time as a ratio to Go's (GOMAXPROCS=1), lower is better: interleaved rounds, medians. One process
 * for each measurement. `ROUNDS=5 pnpm --filter chan bench [workload ...]`.
 */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

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
const PEERS: Record<string, readonly string[]> = {
  "ts-chan": ["ping-pong", "unbuffered", "buffered", "fan-in"],
  "thing-csp": ["ping-pong", "unbuffered", "buffered", "fan-in"],
};

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

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function measure(library: string, workload: string, { n, unit }: Row, go: string | undefined): number {
  const isGo = library === "go";
  const command = isGo ? (go ?? "") : process.execPath;
  const args = isGo ? [workload, String(n)] : ["--expose-gc", `${here}one.js`, library, workload, String(n)];
  const text = execFileSync(command, args, { encoding: "utf8", env: { ...process.env, GOMAXPROCS: "1" } });
  const measured: Measured = JSON.parse(text);
  return unit === "bytes" ? (measured.bytes ?? 0) : measured.cpuMs;
}

const go = buildGo();
const wanted = process.argv.slice(2);
console.log(`${rounds} rounds, medians; node ${process.version}`);
for (const [workload, row] of Object.entries(ROWS)) {
  if (wanted.length > 0 && !wanted.includes(workload)) continue;
  const libraries = ["ours", ...Object.keys(PEERS).filter((peer) => PEERS[peer]?.includes(workload))];
  if (go !== undefined && workload !== "leak") libraries.unshift("go");
  const times = new Map<string, number[]>(libraries.map((library) => [library, []]));
  for (let round = 0; round < rounds; round++)
    for (const library of libraries) times.get(library)?.push(measure(library, workload, row, go));
  const base = median(times.get("go") ?? [1]);
  const cells = libraries.map((library) => {
    const value = median(times.get(library) ?? []);
    if (row.unit === "bytes") return `${library} ${value.toFixed(1)} bytes`;
    return library === "go" ? `go ${value.toFixed(0)} ms` : `${library} ${(value / base).toFixed(2)}`;
  });
  console.log(`${workload.padEnd(14)} bar ${String(row.bar).padEnd(5)} ${cells.join("   ")}`);
}
