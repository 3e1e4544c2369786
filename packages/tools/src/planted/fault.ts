/** A planted fault: a small change in one source file that must not go unnoticed, and the tests that should notice it. */
import { type Names, places, tokens, withNames } from "@shirts/planter";

/** One change: this piece of code becomes that one. */
export interface Change {
  /** Tokens, in any white space; `$name` stands for any identifier. They must be in the file exactly once. */
  readonly find: string;
  /** What takes their place; empty: nothing does. */
  readonly put: string;
}

export interface Fault extends Change {
  /** What is wrong then: a sentence, and the fault's name. */
  readonly fault: string;
  /** Further changes of the same file that belong to this fault. */
  readonly also?: readonly Change[];
  /** The test files that should notice it, from `packages/`, when it is not all those of its file. */
  readonly tests?: readonly string[];
  /** Only the tests whose title holds this: for test files that take long. */
  readonly title?: string;
}

/** The faults of one source file. */
export interface FaultyFile {
  /** From `packages/`. */
  readonly file: string;
  /** The test files that should notice its faults, from `packages/`, the likeliest first. */
  readonly tests: readonly string[];
  readonly faults: readonly Fault[];
}

/** A fault with all that belongs to it. */
export interface PlantedFault extends Fault {
  readonly file: string;
  readonly tests: readonly string[];
}

/** The text with the fault in it. Throws when the fault does not fit: its place is gone, or is not the only one. */
export function plant(text: string, { fault, file, find, put, also = [] }: PlantedFault): string {
  let planted = text;
  let names: Names = new Map();
  for (const change of [{ find, put }, ...also]) {
    const found = places(
      tokens(planted, 0, planted.length, true),
      tokens(change.find, 0, change.find.length, true),
      names,
    );
    const [place] = found;
    if (!place || found.length > 1)
      throw new Error(
        `"${fault}" does not fit ${file}: this comes ${found.length} times, not once: ${change.find.trim().replaceAll(/\s+/g, " ")}`,
      );
    names = place.names;
    planted =
      planted.slice(0, place.from) + withNames(change.put, names, `"${fault}"`) + planted.slice(place.to);
  }
  return planted;
}
