// What `npm test -- ...` asks for. Without words of its own the gate runs everything; with words it runs tests only.

import { UsageError } from "@shirts/command-line";

export interface Choice {
  /** True for the whole gate; false when only the tests below are wanted. */
  readonly isWhole: boolean;
  /** The packages' folder names; empty means all. */
  readonly packages: readonly string[];
  /** Handed to Vitest as they are: flags, and parts of test file names. */
  readonly rest: readonly string[];
}

/**
 * Reads the words after `npm test --`: first package names (`chan`, `v2` or `@shirts/v2`), then whatever Vitest takes.
 * Throws UsageError when the first word is no package, no flag and no path.
 */
export function choose(words: readonly string[], known: readonly string[]): Choice {
  const short = words.map((word) => word.replace(/^@shirts\//, ""));
  const end = short.findIndex((word) => !known.includes(word));
  const count = end === -1 ? words.length : end;
  const rest = words.slice(count);
  const next = rest[0];
  if (count === 0 && next !== undefined && !/^-|[/.]/.test(next)) {
    throw new UsageError(`There is no package "${next}" here. There are: ${known.join(", ")}.`);
  }
  return { isWhole: words.length === 0, packages: short.slice(0, count), rest };
}
