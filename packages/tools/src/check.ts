/** All that docs:check holds, as one function over a tree. */

import { bannedWords } from "./banned-words.ts";
import { type FillOptions, fill } from "./bodies.ts";
import { readBook } from "./chapters.ts";
import { checkChapters } from "./check-chapters.ts";
import { checkDocument } from "./check-document.ts";
import { checkRegions } from "./check-regions.ts";
import { checkGo } from "./go.ts";
import type { Problem } from "./problem.ts";
import { documents } from "./tree.ts";

export interface Checked {
  readonly problems: readonly Problem[];
  /** What is tolerated while the book is not complete, and what could not be checked here. */
  readonly notes: readonly Problem[];
}

export async function check(root: string, options: FillOptions = {}): Promise<Checked> {
  const book = readBook(root);
  const banned = bannedWords(root);
  const [filled, go] = await Promise.all([fill(root, documents(root), options), checkGo(root)]);
  const chapters = checkChapters(root, book, filled);
  const regions = checkRegions(root, filled);
  const problems = [
    ...filled.flatMap((document) => checkDocument(root, document, book, banned)),
    ...chapters.problems,
    ...regions.problems,
    ...go.problems,
    ...(book.complete ? regions.unused : []),
  ];
  return {
    problems,
    notes: [...chapters.notes, ...go.notes, ...(book.complete ? [] : byFile(regions.unused))],
  };
}

/** While chapters are being written most regions wait for theirs: one note per file tells enough. */
function byFile(unused: readonly Problem[]): Problem[] {
  const files = [...new Set(unused.map((it) => it.file))];
  return files.map((file) => {
    const lines = unused.filter((it) => it.file === file).map((it) => it.line);
    return {
      file,
      line: lines[0] ?? 1,
      text: `regions that no document shows yet, in lines ${lines.join(", ")}`,
    };
  });
}
