/** Runs one workload of one library in this process: `one LIBRARY WORKLOAD N`. Prints the times of the measured run as JSON. */

import type { Workloads } from "./workloads/workloads.ts";

const [, , library = "", workload = "", count = "0"] = process.argv;
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

const n = Number(count);
// Twice before, so that the machine code is there and settled; Go's compiler has done that work long ago. No forced
// garbage collection between: it would throw the optimized code away with the garbage.
const isTimed = workload !== "routines" && workload !== "leak";
if (isTimed) for (let i = 0; i < 2; i++) await run(n, heapBytes);
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
