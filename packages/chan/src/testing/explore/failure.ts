/** What can be wrong with an order. */

import type { Routine } from "./choices.ts";

/** "error": main threw. "panic": a routine of `go` did. "unhandled": a promise was rejected, and nothing handled it. */
export type FailureKind = "error" | "panic" | "deadlock" | "left behind" | "unhandled" | "no end";

export interface Failure {
  readonly kind: FailureKind;
  readonly error: unknown;
  /** The routine that ran. */
  readonly routine: Routine;
}

/** Two orders break in the same way when this text is the same. */
export function nameOf({ kind, error }: Failure): string {
  return `${kind} ${error instanceof Error ? error.name : typeof error}`;
}
