/** What holds for every document, whatever it tells: fences, headings, links, commands, words. */
import { posix } from "node:path";
import type { BannedWord } from "./banned-words.ts";
import type { Filled } from "./bodies.ts";
import { type Book, chapterFile } from "./chapters.ts";
import { readCommand, typedCommands } from "./commands.ts";
import type { Block } from "./directives.ts";
import { type Outline, outline } from "./markdown.ts";
import type { Problem } from "./problem.ts";
import { has, linesOf, read } from "./tree.ts";

/** Which blocks may hold a fence. */
const fencing = new Set(["code", "diff", "run", "graph", "sketch"]);

export function checkDocument(
  root: string,
  doc: Filled,
  book: Book,
  banned: readonly BannedWord[],
): Problem[] {
  const parts = outline(doc.text);
  const problems = [
    ...doc.problems,
    ...staleBlocks(doc),
    ...checkFences(doc, parts),
    ...checkHeadings(parts),
    ...checkLinks(root, doc.file, parts, book),
    ...checkCommands(root, doc, parts),
    ...checkWords(doc, banned),
  ];
  return problems.map((it) => ({ ...it, file: doc.file })).sort((a, b) => a.line - b.line);
}

type Found = Omit<Problem, "file">;

function staleBlocks({ blocks, bodies }: Filled): Found[] {
  return blocks.flatMap((block) => {
    const body = bodies.get(block);
    const at = body ? firstDifference(block.body, body) : -1;
    if (!body || at === -1) return [];
    const args = block.args === "" ? "" : ` ${block.args}`;
    if (block.body.length === 0) {
      return [{ line: block.line, text: `empty ${block.kind}${args}: run pnpm docs:sync` }];
    }
    const [is, becomes] = [block.body[at], body[at]].map((line) =>
      line === undefined ? "nothing" : `"${line}"`,
    );
    const line = Math.min(block.line + 1 + at, block.endLine);
    return [
      {
        line,
        text: `stale ${block.kind}${args}: it shows ${is}, now it is ${becomes}: run pnpm docs:sync`,
      },
    ];
  });
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((line, index) => line !== b[index]);
  return at === -1 && b.length > a.length ? a.length : at;
}

function checkFences({ file, blocks }: Filled, { fences }: Outline): Found[] {
  return fences.flatMap(({ line, language, indented, lines }) => {
    // Commands to type, in a README: what they call is checked, and there is nothing else to go stale.
    if (indented && !file.startsWith("docs/") && lines.every((it) => isTyped(it))) return [];
    const block = blocks.find((it) => it.line < line && line < it.endLine);
    if (!block || !fencing.has(block.kind)) {
      const text =
        "a fence without a directive: take it from a file (code, diff) or a program (run), or say why not (sketch)";
      return [{ line, text }];
    }
    if (block.kind === "sketch" && language === "go") {
      return [
        {
          line,
          text: "Go in a sketch: put it in packages/*/go/*.go, where go vet reads it, and show it with code",
        },
      ];
    }
    return [];
  });
}

function checkHeadings({ headings }: Outline): Found[] {
  const titles = headings.filter((it) => it.depth === 1);
  if (titles.length === 0) return [{ line: 1, text: 'no title: begin with one "# " heading' }];
  return titles.slice(1).map(({ line }) => ({ line, text: 'a second title: use "## " below the first' }));
}

function checkLinks(root: string, file: string, { links }: Outline, book: Book): Found[] {
  const planned = new Set(book.complete ? [] : book.chapters.map(chapterFile));
  return links.flatMap(({ line, target }) => {
    if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
    if (target.startsWith("/"))
      return [{ line, text: `"${target}" starts at the server's root: write it from this file` }];
    const [encoded = "", anchor] = target.split("#");
    const path = encoded === "" ? file : posix.join(posix.dirname(file), decodeURI(encoded));
    if (path.startsWith(".."))
      return [{ line, text: `"${target}" leaves the repository: write the whole address` }];
    if (!has(root, path)) {
      return planned.has(path)
        ? []
        : [{ line, text: `dead link "${target}": there is no ${path}: correct or remove it` }];
    }
    if (anchor === undefined || !path.endsWith(".md")) return [];
    const anchors = outline(read(root, path)).headings.map((it) => it.anchor);
    if (anchors.includes(decodeURIComponent(anchor))) return [];
    return [
      { line, text: `dead anchor "${target}": ${path} has no such heading: it has ${anchors.join(", ")}` },
    ];
  });
}

function checkCommands(root: string, { blocks }: Filled, { fences, inlineCode }: Outline): Found[] {
  const typed = [
    ...fences.flatMap(({ line, language, indented, lines }) =>
      typedCommands(language, lines).map(({ offset, command }) => ({
        line: line + offset + (indented ? 0 : 1),
        command,
      })),
    ),
    ...inlineCode.map(({ line, text }) => ({ line, command: text })),
  ];
  return typed
    .filter(({ line }) => !isGenerated(blocks, line))
    .flatMap(({ line, command }) => {
      const call = readCommand(root, command);
      return typeof call === "string" ? [{ line, text: `"${command}": ${call}` }] : [];
    });
}

/** Only what people wrote: generated lines are the business of the file they come from. */
function checkWords({ file, text, blocks }: Filled, banned: readonly BannedWord[]): Found[] {
  if (file === "docs/glossary.md") return [];
  return linesOf(text).flatMap((content, index) => {
    const line = index + 1;
    if (isGenerated(blocks, line)) return [];
    return banned
      .filter((it) => it.pattern.test(content))
      .map(({ never, instead }) => ({
        line,
        text: `"${never}" is not our word: ${instead} (docs/glossary.md)`,
      }));
  });
}

function isGenerated(blocks: readonly Block[], line: number): boolean {
  return blocks.some((it) => it.kind !== "sketch" && it.line <= line && line <= it.endLine);
}

/** A command line of a shell, by its first word. */
function isTyped(line: string): boolean {
  return /^(?:npm|pnpm|npx|node|git|docker|export|cd|kill|\w+=\S+) \S/.test(line) || line.trim() === "";
}
