/** What a check says. */
import type { How, Stage } from "./stage.ts";

/** "–": it could not be played here; the note says why. */
export type Mark = "✓" | "✗" | "–";

/** What one check says of a table. */
export interface Verdict {
  readonly mark: Mark;
  /** The order of events that breaks the table. */
  readonly order: readonly string[];
  /** How it was played, or why not. */
  readonly note?: string;
  /** How it fails, when it is not in the check's own way. */
  readonly fault?: string;
}

export interface Check {
  /** What the table does if it is right. */
  readonly name: string;
  /** How it fails. */
  readonly fault: string;
  play<Session, Token>(stage: Stage<Session, Token>): Promise<Verdict>;
}

/** What one check found. */
export interface Finding extends Verdict {
  /** What the table does if it is right. */
  readonly name: string;
  /** How it fails. */
  readonly fault: string;
}

/** What the judge found. */
export interface Report {
  /** How the orders came about. */
  readonly how: How;
  /** False when a check was broken. */
  readonly isRight: boolean;
  /** One for each check, in a fixed order. */
  readonly findings: readonly Finding[];
}

export const right = (note?: string): Verdict => ({ mark: "✓", order: [], ...(note && { note }) });
export const wrong = (order: readonly string[], fault?: string): Verdict => ({
  mark: "✗",
  order,
  ...(fault && { fault }),
});
export const unplayed = (note: string): Verdict => ({ mark: "–", order: [], note });

/** Plays one after the other, and answers the first that breaks the table. */
export async function firstWrong<T>(
  cases: readonly T[],
  play: (it: T) => Promise<readonly string[] | undefined>,
): Promise<Verdict> {
  for (const it of cases) {
    const order = await play(it);
    if (order) return wrong(order);
  }
  return right();
}
