/**
 * Plants a change in a worker's source: mutants that the simulator must notice, and the talk's slips.
 *
 * An edit names a region of the worker, the piece of code in it, and what takes its place. A worker in which the piece is
 * missing, or is found twice, is an error: a patch never leaves the worker unchanged without a word.
 */
import { type Names, type Place, places, tokens, withNames } from "@shirts/planter";
import { fitImports } from "./imports.ts";

export interface Edit {
  readonly region: string;
  /** A pattern of tokens (the planter's match.ts). It must be there once. */
  readonly find: string;
  /** What takes its place; it is taken out when this is empty. Without it nothing changes, and only the names are learnt. */
  readonly put?: string;
}

export interface Patch {
  readonly name: string;
  /** The stage whose worker is changed. */
  readonly from: string;
  readonly edits: readonly Edit[];
  /** What the new code uses of chan, and the worker does not. */
  readonly uses?: readonly string[];
}

/** The worker's source with the patch in it, without region markers. Throws when the patch does not fit. */
export function plant(source: string, { name, from, edits, uses = [] }: Patch): string {
  let text = source;
  let names: Names = new Map();
  for (const { region, find, put } of edits) {
    const where = `"${name}" does not fit ${from}'s worker`;
    const [start, end] = regionOf(text, region, where);
    const found = places(tokens(text, start, end), tokens(find), names);
    const [place] = found;
    if (!place || found.length > 1) {
      const piece = find.trim().replaceAll(/\s+/g, " ");
      throw new Error(
        `${where}: in its region "${region}" this comes ${found.length} times, not once: ${piece}`,
      );
    }
    names = place.names;
    if (put !== undefined) text = replaced(text, place, withNames(dedent(put), names, where));
  }
  return fitImports(text.replace(/^ *\/\/ #(?:end)?region.*\n/gm, ""), uses);
}

function regionOf(text: string, region: string, where: string): [start: number, end: number] {
  const start = text.search(new RegExp(`^ *// #region ${region}$`, "m"));
  const end = text.search(new RegExp(`^ *// #endregion ${region}$`, "m"));
  if (start < 0 || end < 0) throw new Error(`${where}: it has no region "${region}"`);
  return [start, end];
}

const COMMENTS_ABOVE = /(?:(?<=^|\n) *\/\/ [^#\n][^\n]*\n)*$/;

/** A comment above the replaced line spoke of the old code, so it goes with it. The new lines take over the indentation. */
function replaced(text: string, { from, to }: Place, put: string): string {
  const lineStart = text.lastIndexOf("\n", from - 1) + 1;
  const [indent = ""] = /^ */.exec(text.slice(lineStart, from)) ?? [];
  const isWholeLine = lineStart + indent.length === from;
  const [above = ""] = (isWholeLine && COMMENTS_ABOVE.exec(text.slice(0, lineStart))) || [];
  const before = text.slice(0, lineStart - above.length);
  const kept = text.slice(lineStart, from);
  const after = text.slice(to);
  if (put === "" && isWholeLine && /^ *\n/.test(after)) return before + after.replace(/^ *\n/, "");
  return before + kept + put.replaceAll("\n", `\n${indent}`) + after;
}

/** Takes off the indentation that all lines share, and empty lines at both ends. */
function dedent(text: string): string {
  const lines = text.replace(/^\n|\n *$/g, "").split("\n");
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin)).join("\n");
}
