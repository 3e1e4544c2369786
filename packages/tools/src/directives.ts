/**
 * Directives in Markdown: an HTML comment that says what the lines up to `<!-- end -->` show.
 *
 * Invariants:
 * 1. A directive is alone on its line and is closed before the next one opens.
 * 2. What looks like a directive inside a fence is text.
 */
import type { Problem } from "./problem.ts";
import { linesOf } from "./tree.ts";

export const kinds = [
  "code",
  "diff",
  "run",
  "test",
  "table",
  "nav",
  "chapters",
  "stages",
  "graph",
  "sketch",
] as const;
export type Kind = (typeof kinds)[number];

export interface Block {
  readonly kind: Kind;
  /** What follows the kind, trimmed. */
  readonly args: string;
  /** The directive's line, counted from 1. */
  readonly line: number;
  /** The line of `<!-- end -->`, counted from 1. */
  readonly endLine: number;
  readonly body: readonly string[];
}

const comment = /^<!--\s*(\S*?):?(?:\s+(.*?))?\s*-->$/;

/** Finds the blocks of a document, in order. What is wrong with them is in `problems`; nothing throws. */
export function readBlocks(file: string, text: string): { blocks: Block[]; problems: Problem[] } {
  const blocks: Block[] = [];
  const problems: Problem[] = [];
  let open: { kind: Kind; args: string; line: number } | undefined;
  let fence = "";
  const lines = linesOf(text);

  for (const [index, line] of lines.entries()) {
    fence = fenceAfter(fence, line);
    if (fence !== "" || !line.startsWith("<!--")) continue;
    const at = { file, line: index + 1 };
    const [, word = "", args = ""] = comment.exec(line) ?? [];
    if (word === "note") continue;
    if (word === "end") {
      if (open) {
        blocks.push({ ...open, endLine: index + 1, body: lines.slice(open.line, index) });
        open = undefined;
      } else {
        problems.push({
          ...at,
          text: "<!-- end --> closes nothing: take it out, or write the directive above it",
        });
      }
      continue;
    }
    const kind = kinds.find((it) => it === word);
    if (!kind) {
      problems.push({
        ...at,
        text: `no directive is called "${word}": use ${kinds.join(", ")}, or note: for a remark`,
      });
      continue;
    }
    if (open) problems.push(unclosed(file, open));
    open = { kind, args, line: index + 1 };
  }
  if (open) problems.push(unclosed(file, open));
  return { blocks, problems };
}

/** The document with each block's body replaced by `bodies.get(block)`, where there is one. */
export function withBodies(
  text: string,
  blocks: readonly Block[],
  bodies: ReadonlyMap<Block, readonly string[]>,
): string {
  const lines = linesOf(text);
  for (const block of [...blocks].reverse()) {
    const body = bodies.get(block);
    if (body) lines.splice(block.line, block.endLine - block.line - 1, ...body);
  }
  return `${lines.join("\n")}\n`;
}

/** A fence around the lines, with more ticks than any line of them begins with. */
export function fenced(language: string, lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.map((line) => /^\s*(`*)/.exec(line)?.[1]?.length ?? 0));
  const ticks = "`".repeat(longest + 1);
  return [`${ticks}${language}`, ...lines, ticks];
}

function unclosed(file: string, { kind, line }: { kind: Kind; line: number }): Problem {
  return { file, line, text: `the ${kind} directive is never closed: add <!-- end --> below it` };
}

/** The fence that is open after `line`; the empty string when none is. */
function fenceAfter(open: string, line: string): string {
  const ticks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
  const [, run = "", rest = ""] = ticks ?? [];
  if (open === "") return run;
  const closes = run[0] === open[0] && run.length >= open.length && rest.trim() === "";
  return closes ? "" : open;
}
