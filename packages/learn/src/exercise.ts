/** An exercise: a file to change, and a law that tells whether the change does it. */
import type { Print } from "@shirts/basics/print";
import type { RecvChan } from "@shirts/chan";
import { complaintOf } from "./judge/complaint.ts";

/** `M` is the module that the reader writes: what the file `given.ts` exports. */
export interface Exercise<M = unknown> {
  /** What to do, in at most four short sentences. */
  readonly task: string;
  /** A sentence that is true when the exercise is done. */
  readonly law: string;
  /** Each says a little more than the one before. None is the whole answer. */
  readonly hints: readonly [string, string, string];
  /** The file as the reader finds it. It breaks the law. */
  readonly given: () => Promise<M>;
  readonly solution: () => Promise<M>;
  /** Plays the reader's program and prints its own lines, before it is judged. Fake time, so it takes a moment. */
  readonly run?: (module: M, print: Print) => Promise<void>;
  /**
   * Resolves to `undefined` when the law holds, else to one sentence: what happened, and why that breaks the law.
   * It may throw what the reader's code throws; `judge` makes a sentence of it.
   */
  readonly complaint: (module: M) => Promise<string | undefined>;
  /** How long `run` and the judge may take in real seconds, before the program is ended. Default 10. */
  readonly seconds?: number;
  /** Plays in the terminal what the file then keeps. Resolves to the file's new text, or to `undefined` when it stays as it is. */
  readonly play?: (player: Player) => Promise<string | undefined>;
}

/** The terminal, as an exercise sees it that is played there. */
export interface Player {
  /** The reader's file as it is. */
  readonly text: string;
  readonly columns: number;
  readonly keys: RecvChan<string>;
  /** Draws these lines in place of the ones before. */
  show(lines: readonly string[]): void;
}

/** The exercises of a chapter by name, in the order in which they are done. */
export type Exercises = Readonly<Record<string, Exercise>>;

/** Only for its type: what `given` exports is what the judge gets. */
export function exercise<M>(it: Exercise<M>): Exercise {
  // The reader's file is checked against nothing before it is judged: a module of another shape is a complaint like any other.
  return it as unknown as Exercise;
}

/** Judges a version of an exercise: the given file, the solution, the reader's. A crash and a deadlock are complaints too. */
export async function judge(it: Exercise, module: unknown): Promise<string | undefined> {
  try {
    return await it.complaint(module);
  } catch (error) {
    return complaintOf(error, { module }).text;
  }
}

/** A complaint when two values differ. */
export function differs(what: string, got: unknown, wanted: unknown): string | undefined {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
  return a === b ? undefined : `${what}: ${a}, and it should be ${b}`;
}

/** "1 job", "2 jobs". */
export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
