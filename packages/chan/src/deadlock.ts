/** The deadlock report: which routines are blocked, what they wait for and from which line, in the words of Go's runtime. */

import { type Registry, registry } from "./registry.ts";
import { stackOf } from "./stack.ts";

/** A routine that cannot go on, as a deadlock report lists it. Go: one "goroutine 1 [chan receive]:" of a trace. */
export interface Blocked {
  /** "chan receive", "chan send", "select", "select (no cases)" ... */
  readonly waitsFor: string;
  /** Where it waits, innermost first; empty when no function awaits the operation, or on engines other than V8. */
  readonly frames: readonly string[];
}

/**
 * All routines of a bubble are blocked and no timer is set. Go: "fatal error: all goroutines are asleep - deadlock!".
 *
 * @example
 * ```ts
 * const deadlock = bubble(() => chan<number>().recv());
 * await deadlock; // throws "all goroutines are asleep - deadlock!"
 * const [routine] = await deadlock.catch((error: DeadlockError) => error.routines);
 * (routine as Blocked).waitsFor; // => "chan receive"
 * ```
 */
export class DeadlockError extends Error {
  override name = "DeadlockError";
  /** The blocked routines, in the order in which they blocked. */
  readonly routines: readonly Blocked[];

  constructor(routines: readonly Blocked[], summary = "all goroutines are asleep - deadlock!") {
    super(`${summary}\n\n${describe(routines)}`);
    this.routines = routines;
  }
}

/** Lists the blocked routines of a registry in the order in which they blocked. Takes a few microtasks. */
export async function blockedRoutines(of: Registry): Promise<Blocked[]> {
  return Promise.all(of.blocked().map(async (m) => ({ waitsFor: m.waitsFor, frames: await stackOf(m) })));
}

function describe(routines: readonly Blocked[]): string {
  if (routines.length === 0)
    return "No routine waits on a chan: the program awaits a promise that nothing settles. A bubble waits for no socket, file or real timer.\n";
  return routines
    .map(({ waitsFor, frames }, i) => {
      const lines = frames.length === 0 ? ["(no function awaits it)"] : frames.map((frame) => `at ${frame}`);
      return `goroutine ${i + 1} [${waitsFor}]:\n${lines.map((line) => `    ${line}\n`).join("")}`;
    })
    .join("\n");
}

/** What this file uses of Node's process; a browser has none. */
interface NodeProcess {
  exitCode?: number | string | null | undefined;
  on(event: "beforeExit" | "exit", listener: (code: number) => void): void;
  readonly stderr: { write(text: string): void };
}

const UNSETTLED_TOP_LEVEL_AWAIT = 13;
const GO_PANIC = 2;

/** True once the program has asked for the report. */
let isAsked = false;

/**
 * From now on a Node program that ends while its main routine is asleep prints the deadlock report and exits with 2, or with the
 * code that it has set. Never blocks; later calls do nothing, and so does a call in a browser. A program whose main is a
 * top-level await needs no call. Main is asleep when more routines are blocked than `go` has started and not ended: an async
 * function that is called without `go` and without `await` looks like main. So this is for a program of your own, not for a
 * library. Go: its runtime does this.
 *
 * @example
 * ```ts
 * reportDeadlocks(); // => undefined
 * ```
 */
export function reportDeadlocks(): void {
  isAsked = true;
}

/**
 * Makes a Node program that ends in a deadlock say so. Without `reportDeadlocks` it speaks only where Node itself says that main
 * is asleep: an unsettled top-level await, with which Node ends a program with 13. A program that Node ends otherwise is left
 * alone, whatever its listeners wait for. Routines of `go` that are still blocked when main has ended are no deadlock: they
 * end with the program, as in Go.
 */
function watchProcess(process: NodeProcess): void {
  let report = "";
  let isMainAsleep = false;
  async function look(): Promise<void> {
    report = "";
    const routines = await blockedRoutines(registry);
    if (routines.length === 0) return;
    report = `fatal error: ${new DeadlockError(routines).message}`;
    isMainAsleep = isAsked && countRoutines(routines) > registry.live;
  }
  process.on("beforeExit", () => void look());
  process.on("exit", (codeBefore) => {
    // Node sets the code of an unsettled top-level await in a listener of its own, after it has made this argument.
    const code = process.exitCode ?? codeBefore;
    if (report === "" || !(code === UNSETTLED_TOP_LEVEL_AWAIT || isMainAsleep)) return;
    if (code === 0 || code === UNSETTLED_TOP_LEVEL_AWAIT) process.exitCode = GO_PANIC;
    process.stderr.write(report);
  });
}

const COMBINATOR = /^Promise\.\w+ \(index \d+\)$/;

/**
 * How many routines await these operations. A routine that awaits several through `Promise.all` counts once: the frames below the
 * combinator are the routine's own, and each place in the combinator counts it once. An operation that no function awaits
 * counts for none.
 */
function countRoutines(blocked: readonly Blocked[]): number {
  const places = new Map<string, Map<string, number>>();
  for (const { frames } of blocked) {
    const at = frames.findLastIndex((frame) => COMBINATOR.test(frame));
    const routine = frames.slice(at + 1).join("\n");
    if (routine === "") continue;
    const place = frames.slice(0, at + 1).join("\n");
    const counts = places.get(routine) ?? new Map<string, number>();
    counts.set(place, (counts.get(place) ?? 0) + 1);
    places.set(routine, counts);
  }
  let routines = 0;
  for (const counts of places.values()) routines += Math.max(...counts.values());
  return routines;
}

const host = (globalThis as { process?: NodeProcess & { versions?: { node?: string } } }).process;
if (host?.versions?.node !== undefined) watchProcess(host);
