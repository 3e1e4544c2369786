// The gate has two halves in CI: everything on the older servers, then what meets a server on the newer ones. The first
// hands its count to the second in a file, so that the last line of all is one count.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Counts } from "./counts.ts";

export interface Half {
  readonly counts: Counts;
  /** What failed in it. */
  readonly failures?: readonly string[];
  /** The versions of the servers that it ran on, as `pnpm services` names them; undefined without such servers. */
  readonly servers?: string;
}

export function writeHalf(file: string, half: Half): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(half));
}

/** A half that left no count has failed: it was ended before its end. */
export function readHalf(file: string): Half {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    const failures = ["the first half of the gate: it left no count"];
    return { counts: { passed: 0, failed: 1, skipped: 0 }, failures };
  }
}
