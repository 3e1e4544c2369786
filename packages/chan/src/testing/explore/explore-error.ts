/** The counterexample of an exploration, as an error. */

import { writeChoices } from "./choices.ts";
import type { Failure, FailureKind } from "./failure.ts";
import type { Small } from "./shrink.ts";
import { printTable } from "./table.ts";
import type { Trace } from "./trace.ts";

const WORDS: Readonly<Record<FailureKind, string>> = {
  error: "main throws",
  panic: "a routine panics",
  deadlock: "it deadlocks",
  "left behind": "a routine is left behind",
  unhandled: "a rejection is not handled",
  "no end": "it does not end",
};

/**
 * An order breaks the program: its message shows the smallest one that was found as a table, and how to play it again. `cause` is
 * the error of the program. Go: none; its race detector reports only what happened in one run.
 *
 * @example
 * ```ts
 * const broken = explore(() => chan<number>().recv());
 * await broken; // throws "explore: it deadlocks in order 1"
 * const error = await broken.catch((error: ExploreError) => error);
 * [(error as ExploreError).kind, (error as ExploreError).replay]; // => ["deadlock", "0"]
 * ```
 */
export class ExploreError extends Error {
  override name = "ExploreError";
  /** What is wrong: "error" (main threw), "panic", "deadlock", "left behind", "unhandled" or "no end". */
  readonly kind: FailureKind;
  /** The number of the order that broke first. */
  readonly orders: number;
  /** How many steps the small order has. */
  readonly steps: number;
  /** How often it makes a routine wait that could go on. */
  readonly preemptions: number;
  /** The option that plays it again. */
  readonly replay: string;
  /** A column for each routine, a row for each step. */
  readonly table: string;

  constructor(orders: number, small: Small, failure: Failure, trace: Trace) {
    const { steps, preemptions, choices } = small.end;
    const table = printTable(trace);
    const replay = writeChoices(choices);
    const size = `${count(steps, "step")}, ${count(preemptions, "preemption")}`;
    const fewest =
      small.isFewest && preemptions > 0 ? "; none with fewer preemptions breaks it like this" : "";
    super(
      [
        `explore: ${WORDS[failure.kind]} in order ${orders}: ${summaryOf(failure.error)}`,
        `The smallest order found (${size}${fewest}):\n\n${table}\n`,
        ...reportOf(failure),
        `Play it again: explore(program, { replay: "${replay}" })`,
      ].join("\n"),
      { cause: failure.error },
    );
    this.kind = failure.kind;
    this.orders = orders;
    this.steps = steps;
    this.preemptions = preemptions;
    this.replay = replay;
    this.table = table;
  }
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

function summaryOf(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line;
}

/** Where the routines are blocked; other errors have nothing more to say than their first line and their stack. */
function reportOf({ kind, error }: Failure): string[] {
  if (kind !== "deadlock" && kind !== "left behind") return [];
  const [, ...report] = (error as Error).message.split("\n\n");
  return [report.join("\n\n")];
}
