/**
 * Named regions of a source file: the pieces that a chapter shows.
 *
 *     // #region cancel
 *     ...
 *     // #endregion cancel
 *
 * Invariants:
 * 1. A name opens once per file and closes once.
 * 2. Regions may be nested; they never overlap.
 */
import type { Problem } from "./problem.ts";
import { linesOf } from "./tree.ts";

export interface Region {
  readonly name: string;
  /** The line of the opening marker, counted from 1. */
  readonly line: number;
  /** Without any marker; indentation as in the file. */
  readonly body: readonly string[];
  /** Names of the regions that it is in. */
  readonly inside: readonly string[];
}

export interface Source {
  readonly regions: ReadonlyMap<string, Region>;
  /** The whole file without its markers. */
  readonly lines: readonly string[];
  readonly problems: readonly Problem[];
}

const comment = String.raw`\s*(?://|--|#)\s*`;
const marker = new RegExp(`^${comment}#(region|endregion)\\b\\s*(.*?)\\s*$`);
const nameForm = /^[a-z][a-z0-9-]*$/;

export interface Marker {
  readonly kind: "region" | "endregion";
  readonly name: string;
}

/** The marker that a line is, if it is one. */
export function markerOf(line: string): Marker | undefined {
  const [, kind, name] = marker.exec(line) ?? [];
  if ((kind !== "region" && kind !== "endregion") || name === undefined) return undefined;
  return { kind, name };
}

/** Finds the regions of a file. What is wrong with them is in `problems`; nothing throws. */
export function readSource(file: string, text: string): Source {
  const regions = new Map<string, Region>();
  const lines: string[] = [];
  const problems: Problem[] = [];
  const open: { name: string; line: number; from: number }[] = [];

  for (const [index, line] of linesOf(text).entries()) {
    const found = markerOf(line);
    if (!found) {
      lines.push(line);
      continue;
    }
    const { kind, name } = found;
    const at = { file, line: index + 1 };
    if (!nameForm.test(name)) {
      problems.push({
        ...at,
        text: `a #${kind} without a proper name: write lower-case letters, digits and dashes`,
      });
    } else if (kind === "region") {
      if (regions.has(name) || open.some((it) => it.name === name)) {
        problems.push({
          ...at,
          text: `region "${name}" opens a second time: give each region of a file its own name`,
        });
      }
      open.push({ name, line: index + 1, from: lines.length });
    } else if (open.at(-1)?.name !== name) {
      const inner = open.at(-1);
      const why = inner ? `while "${inner.name}" is the innermost open one` : "while none is open";
      problems.push({
        ...at,
        text: `#endregion "${name}" comes here ${why}: close regions in reverse order`,
      });
    } else {
      const { line: start, from } = open.pop() as (typeof open)[number];
      if (!regions.has(name)) {
        regions.set(name, { name, line: start, body: lines.slice(from), inside: open.map((it) => it.name) });
      }
    }
  }
  for (const { name, line } of open) {
    problems.push({ file, line, text: `region "${name}" is never closed: add "#endregion ${name}"` });
  }
  return { regions, lines, problems };
}

/** Takes off the indentation that all lines share, and empty lines at both ends. */
export function dedent(lines: readonly string[]): string[] {
  const full = lines.filter((line) => line.trim() !== "");
  const margin = Math.min(...full.map((line) => line.length - line.trimStart().length));
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  if (first === -1) return [];
  return lines.slice(first, last + 1).map((line) => line.slice(margin));
}
