/**
 * Runs one workload of one library in this process: `one LIBRARY WORKLOAD N`. Prints the times of the measured run as JSON. With
 * `mixed` after it the process has run all workloads before, as a program has that sends, selects and iterates.
 */

import type { Workloads } from "./workloads/workloads.ts";

const [, , library = "", workload = "", count = "0", mode = "alone"] = process.argv;
const { workloads }: { workloads: Workloads } = await import(
  new URL(`./workloads/${library}.js`, import.meta.url).href
);
const run = workloads[workload];
if (run === undefined) throw new Error(`${library} has no workload ${workload}`);

function heapBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** They measure memory, not time. */
const OF_MEMORY = new Set(["routines", "leak"]);
/** Enough that the engine has seen each kind of program, and compiled what they share for all of them. */
const MIXED_OPS = 100_000;
const MIXED_PRIMES = 300;

async function runAll(): Promise<void> {
  for (const [name, other] of Object.entries(workloads))
    if (!OF_MEMORY.has(name)) await other(name === "sieve" ? MIXED_PRIMES : MIXED_OPS, heapBytes);
}

const n = Number(count);
if (mode === "mixed") for (let i = 0; i < 2; i++) await runAll();
// Twice before, so that the machine code is there and settled; Go's compiler has done that work long ago. No forced
// garbage collection between: it would throw the optimized code away with the garbage.
if (!OF_MEMORY.has(workload)) for (let i = 0; i < 2; i++) await run(n, heapBytes);
else await run(n / 100, heapBytes);
// What a run leaves behind (the sieve works on for a while without its reader) must not be billed to the next.
await new Promise((resolve) => setTimeout(resolve, 1500));
const cpu = process.cpuUsage();
const start = performance.now();
const bytes = (await run(n, heapBytes)) ?? null;
const wallMs = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs, bytes }));
process.exit(0);
