/**
 * Plain English, for readers whose first language is another one: short sentences of common words. What holds for chapters.
 *
 * A word is common when it is in the list of Dale and Chall (3,000 words that a child of ten knows), in the glossary, or in
 * docs/plain-words.txt, where words of the trade and each exception are kept. A form of a common word is common, too.
 */
import { daleChall } from "dale-chall";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Problem } from "./problem.ts";
import { has, linesOf, read } from "./tree.ts";

/** Words of one sentence; code counts as one. */
const WORDS_MAX = 25;

export const plainWordsFile = "docs/plain-words.txt";

type Found = Omit<Problem, "file">;

/** The words that chapters may use, in lower case. */
export function plainWords(root: string): ReadonlySet<string> {
  const own = has(root, plainWordsFile) ? linesOf(read(root, plainWordsFile)) : [];
  return new Set([
    ...daleChall.map((word) => word.toLowerCase()),
    ...glossaryWords(root),
    ...own.flatMap((line) => line.replace(/#.*/, "").split(/\s+/)).map((word) => word.toLowerCase()),
  ]);
}

/** The words that the glossary explains: the first cells of its tables. */
function glossaryWords(root: string): string[] {
  if (!has(root, "docs/glossary.md")) return [];
  const [explained = ""] = read(root, "docs/glossary.md").split("## Words we do not use");
  return [...explained.matchAll(/^\| ([^|]+) \|/gm)].flatMap(
    ([, cell = ""]) => cell.toLowerCase().match(/[a-z]+/g) ?? [],
  );
}

/** What is too long or too rare in the lines that people wrote; `isGenerated` says which ones nobody did. */
export function checkPlainEnglish(
  text: string,
  known: ReadonlySet<string>,
  isGenerated: (line: number) => boolean,
): Found[] {
  const found: Found[] = [];
  const visit = (node: Nodes): void => {
    if (node.type !== "paragraph" && node.type !== "heading") {
      if ("children" in node) for (const child of node.children) visit(child);
      return;
    }
    const line = node.position?.start.line ?? 1;
    // A line of a paragraph that a program wrote: a table's row, or a law.
    const lines = linesOf(proseOf(node)).filter((_, index) => !isGenerated(line + index));
    for (const sentence of sentencesOf(lines.join("\n"))) found.push(...checkSentence(line, sentence));
    for (const [index, prose] of linesOf(proseOf(node)).entries())
      if (!isGenerated(line + index)) found.push(...checkWords(line + index, prose, known));
  };
  visit(fromMarkdown(text));
  return found;
}

/** The text of a paragraph as it is read aloud, line by line. Code stands as one word in capitals. */
function proseOf(node: Nodes): string {
  if (node.type === "inlineCode") return "CODE";
  if (node.type === "text") return node.value;
  if (node.type === "break") return "\n";
  return "children" in node ? node.children.map(proseOf).join("") : "";
}

/** A sentence ends with its mark and a space; a cell of a table is one, too. */
function sentencesOf(prose: string): string[] {
  return prose
    .split(/\n?\|/)
    .flatMap((cell) =>
      cell.replace(/\s+/g, " ").split(/(?<=[.!?…]["”)*]*) (?=["“(*]?(?:[\p{Lu}\p{N}]|v\d))/u),
    );
}

function checkSentence(line: number, sentence: string): Found[] {
  const words = sentence.match(/[\p{L}\p{N}][\p{L}\p{N}'’.,-]*/gu) ?? [];
  if (words.length <= WORDS_MAX) return [];
  const start = words.slice(0, 4).join(" ");
  return [
    {
      line,
      text: `a sentence of ${words.length} words, "${start} …": make two of it, with at most ${WORDS_MAX} each`,
    },
  ];
}

function checkWords(line: number, prose: string, known: ReadonlySet<string>): Found[] {
  // Not what is spelt like no word: PURPLE, RabbitMQ, v2, a name with a number.
  const words = prose.matchAll(/(?<![\p{L}\p{N}_/.#-])\p{Lu}?\p{Ll}[\p{Ll}'’]*(?![\p{L}\p{N}_/#]|\.\w)/gu);
  return [...words].flatMap(([word]) => {
    const bare = word
      .toLowerCase()
      .replaceAll("’", "'")
      .replace(/'(?:s|re|ve|ll|d)?$/, "");
    if (/[^a-z']/.test(bare) || formsOf(bare).some((form) => form.length < 2 || known.has(form))) return [];
    return [
      {
        line,
        text: `"${bare}" is a rare word: write a common one, or add it to ${plainWordsFile} when there is none`,
      },
    ];
  });
}

/** Endings, and what may have stood in their place. */
const ENDINGS: readonly (readonly [string, readonly string[]])[] = [
  ["s", [""]],
  ["es", [""]],
  ["ies", ["y"]],
  ["ed", ["", "e"]],
  ["ied", ["y"]],
  ["ing", ["", "e"]],
  ["ings", ["", "e"]],
  ["er", ["", "e"]],
  ["ers", ["", "e"]],
  ["ier", ["y"]],
  ["est", ["", "e"]],
  ["iest", ["y"]],
  ["ly", ["", "le"]],
  ["ily", ["y"]],
  ["ness", [""]],
  ["able", ["", "e"]],
];

/** The word, and the words that it may be a form of. */
function formsOf(word: string): string[] {
  const bases = ENDINGS.flatMap(([ending, before]) => {
    if (!word.endsWith(ending)) return [];
    const stem = word.slice(0, -ending.length);
    const single = /(.)\1$/.test(stem) ? [stem.slice(0, -1)] : [];
    return [...before.map((end) => stem + end), ...single];
  });
  return [word, ...bases].flatMap((form) => [form, ...(/^(?:un|re)/.test(form) ? [form.slice(2)] : [])]);
}
