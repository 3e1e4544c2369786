/** All exercises as a list, by names like `select/two-sources`. */
import { fileURLToPath } from "node:url";
import { UsageError } from "@shirts/command-line";
import { chapters } from "../exercises/index.ts";
import type { Exercise } from "./exercise.ts";

export interface Entry {
  /** `select/two-sources` */
  readonly id: string;
  readonly chapter: string;
  readonly name: string;
  /** Its place in its chapter, from 1. */
  readonly place: number;
  readonly exercise: Exercise;
}

export interface Catalog {
  readonly entries: readonly Entry[];
  readonly chapters: readonly string[];
}

export const catalog: Catalog = {
  chapters: Object.keys(chapters),
  entries: Object.entries(chapters).flatMap(([chapter, exercises]) =>
    Object.entries(exercises).map(([name, exercise], index) => ({
      id: `${chapter}/${name}`,
      chapter,
      name,
      place: index + 1,
      exercise,
    })),
  ),
};

/** The absolute path of one of an exercise's own files. */
export function sourceOf({ id }: Pick<Entry, "id">, file: "given" | "solution"): string {
  return fileURLToPath(new URL(`../exercises/${id}/${file}.ts`, import.meta.url));
}

/** The exercises that a word names: a chapter, or one exercise. Throws UsageError. */
export function entriesOf({ entries, chapters: known }: Catalog, word: string): Entry[] {
  const found = entries.filter(({ id, chapter }) => id === word || chapter === word);
  if (found.length > 0) return found;
  const [chapter = ""] = word.split("/");
  const names = entries.filter((one) => one.chapter === chapter).map(({ id }) => id);
  throw new UsageError(
    names.length > 0
      ? `There is no exercise "${word}". In this chapter there are ${names.join(", ")}.`
      : `There is no chapter "${chapter}" with exercises. There are ${known.join(", ")}.`,
  );
}
