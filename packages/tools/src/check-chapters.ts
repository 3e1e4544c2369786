/** What holds for a chapter: it can be run, it is proved by tests, it is short enough for one sitting. */
import type { Filled } from "./bodies.ts";
import { type Book, type Chapter, chapterFile, chaptersFile } from "./chapters.ts";
import { readCommand } from "./commands.ts";
import { packageNamed } from "./packages.ts";
import { checkPlainEnglish, plainWords } from "./plain-english.ts";
import type { Problem } from "./problem.ts";
import { has, linesOf, read } from "./tree.ts";

const linesMin = 60;
const linesMax = 220;

export interface Chapters {
  readonly problems: readonly Problem[];
  /** Chapters that are planned and have no file yet; empty once the book is complete. */
  readonly notes: readonly Problem[];
}

export function checkChapters(root: string, book: Book, documents: readonly Filled[]): Chapters {
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const source = linesOf(read(root, chaptersFile));
  const plain = plainWords(root);
  const seen = new Set<string>();
  for (const chapter of book.chapters) {
    const file = chapterFile(chapter);
    const line = source.findIndex((it) => it.includes(`"slug": "${chapter.slug}"`)) + 1;
    const entry = (text: string): Problem => ({ file: chaptersFile, line, text: `${chapter.slug}: ${text}` });
    if (seen.has(chapter.slug)) problems.push(entry("it is listed twice: keep one"));
    seen.add(chapter.slug);
    const document = documents.find((it) => it.file === file);
    if (document) {
      problems.push(
        ...checkEntry(root, chapter).map(entry),
        ...checkChapter(chapter, document),
        ...english(document, plain),
      );
    } else if (book.complete) {
      problems.push(entry(`${file} is missing: write it, or take the entry out`));
    } else {
      notes.push(entry(`${file} is not yet written`));
    }
  }
  const known = new Set([...book.chapters.map(chapterFile), ...book.pages]);
  for (const { file } of documents) {
    if (/^docs\/[^/]+$/.test(file) && !known.has(file)) {
      problems.push({
        file,
        line: 1,
        text: `it is neither a chapter nor a page of ${chaptersFile}: add it there`,
      });
    }
  }
  return { problems, notes };
}

function english({ file, text, blocks }: Filled, plain: ReadonlySet<string>): Problem[] {
  const isGenerated = (line: number) => blocks.some((it) => it.line <= line && line <= it.endLine);
  return checkPlainEnglish(text, plain, isGenerated).map((found) => ({ ...found, file }));
}

function checkEntry(root: string, chapter: Chapter): string[] {
  const problems: string[] = [];
  if (!packageNamed(root, chapter.package)) {
    problems.push(`no package is called "${chapter.package}": correct "package"`);
  }
  const call = readCommand(root, chapter.start);
  if (call === undefined) problems.push(`"${chapter.start}" calls no script: correct "start"`);
  if (typeof call === "string") problems.push(`"${chapter.start}": ${call}`);
  for (const path of chapter.tests.filter((it) => !has(root, it))) {
    problems.push(`${path} does not exist: write the test, or correct "tests"`);
  }
  return problems;
}

function checkChapter({ start }: Chapter, { file, text, blocks }: Filled): Problem[] {
  const problems: Problem[] = [];
  const say = (line: number, what: string) => problems.push({ file, line, text: what });
  // A picture and the empty line below it are not read.
  const length = linesOf(text.replace(/^!\[.*\]\(images\/.*\)\n\n/gm, "")).length;
  if (length < linesMin)
    say(length, `${length} lines: a chapter has at least ${linesMin}: say what is missing`);
  if (length > linesMax)
    say(linesMax + 1, `${length} lines: a chapter has at most ${linesMax}: show less, or split it`);
  if (!text.replaceAll(" -s ", " ").includes(start))
    say(1, `it never shows "${start}", its start in ${chaptersFile}: show it`);
  if (!blocks.some((it) => it.kind === "test"))
    say(1, "no test directive: say which law holds, and link its test");
  if (!blocks.some((it) => it.kind === "nav"))
    say(1, "no nav directive: add <!-- nav --> and <!-- end --> at its end");
  return problems;
}
