/**
 * The reader's own files. Nothing here changes one unasked: it is written when it is absent, and before it is written anew on
 * request, a copy of it is kept.
 */
import { existsSync, linkSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWhole } from "@shirts/command-line";
import { type Entry, sourceOf } from "../catalog.ts";

/** Where a reader's files are unless another folder is named. */
export const MINE = fileURLToPath(new URL("../../mine", import.meta.url));

export class Mine {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The absolute path of the reader's file of an exercise. */
  fileOf({ id }: Pick<Entry, "id">): string {
    return join(this.folder, `${id}.ts`);
  }

  /** The same for people: from where they are. */
  shownFileOf(entry: Pick<Entry, "id">): string {
    return relative(process.cwd(), this.fileOf(entry));
  }

  /** Writes the file as the exercise gives it, if there is none. True when it did. */
  begin(entry: Pick<Entry, "id">): boolean {
    const file = this.fileOf(entry);
    if (existsSync(file)) return false;
    writeWhole(file, readFileSync(sourceOf(entry, "given"), "utf8"));
    return true;
  }

  read(entry: Pick<Entry, "id">): string {
    return readFileSync(this.fileOf(entry), "utf8");
  }

  /** Writes `text`, or without one what the exercise gives. Returns the name of the copy of what was there. */
  replace(entry: Pick<Entry, "id">, text?: string): string | undefined {
    const file = this.fileOf(entry);
    const copy = existsSync(file) ? this.#copy(file) : undefined;
    writeWhole(file, text ?? readFileSync(sourceOf(entry, "given"), "utf8"));
    return copy && relative(process.cwd(), copy);
  }

  #copy(file: string): string {
    for (let n = 1; ; n++) {
      const copy = file.replace(/\.ts$/, `.before-${n}.ts`);
      if (existsSync(copy)) continue;
      // A second name of the same content: when the new file takes the first name, the copy is what is left.
      linkSync(file, copy);
      return copy;
    }
  }
}
