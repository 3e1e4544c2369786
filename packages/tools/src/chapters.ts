/** docs/chapters.json: the only place with an order. */
import { z } from "zod";
import { read } from "./tree.ts";

export const chaptersFile = "docs/chapters.json";

const Chapter = z.strictObject({
  /** The chapter is `docs/<slug>.md`. */
  slug: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  /** The short name of the package that the chapter runs. */
  package: z.string().min(1),
  /** The command that a learner types first. */
  start: z.string().min(1),
  /** Test files that prove what the chapter says. */
  tests: z.array(z.string()).min(1),
  /** One of the few chapters for somebody who has an hour. */
  hour: z.boolean().default(false),
});

const Book = z.strictObject({
  /** While false, a chapter whose file is missing is a note and not a problem. */
  complete: z.boolean(),
  chapters: z.array(Chapter),
  /** Other files directly under docs/. */
  pages: z.array(z.string()).default([]),
});

export type Chapter = z.infer<typeof Chapter>;
export type Book = z.infer<typeof Book>;

/** Throws with one line per mistake when the file is not as described above. */
export function readBook(root: string): Book {
  const result = Book.safeParse(JSON.parse(read(root, chaptersFile)));
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((it) => `${chaptersFile}:1: ${it.path.join(".")}: ${it.message}`);
  throw new Error(mistakes.join("\n"));
}

export function chapterFile({ slug }: Chapter): string {
  return `docs/${slug}.md`;
}
