/**
 * How far a reader is: `progress.json` beside the reader's files. It is read anew before each change, since two programs may run at
 * a time, and it is written whole. A file that cannot be read is kept aside, and said in one line.
 */
import { existsSync, readFileSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { writeWhole } from "@shirts/command-line";
import { z } from "zod";

const schema = z.object({
  /** The exercise on the screen when the program ended. */
  current: z.string().optional(),
  /** Exercises whose law was kept once. */
  done: z.array(z.string()),
  /** How many hints were asked for, by exercise. */
  hints: z.record(z.string(), z.number().int().nonnegative()),
  /** What the reader has predicted, by chapter: the answers in the order of its questions. */
  predictions: z.record(z.string(), z.array(z.string())),
});

export type Progress = z.infer<typeof schema>;

const EMPTY: Progress = { done: [], hints: {}, predictions: {} };

export class ProgressFile {
  readonly #file: string;
  readonly #tell: (line: string) => void;

  /** `tell` gets one line about a file that could not be read. */
  constructor(folder: string, tell: (line: string) => void) {
    this.#file = join(folder, "progress.json");
    this.#tell = tell;
  }

  read(): Progress {
    if (!existsSync(this.#file)) return EMPTY;
    try {
      return schema.parse(JSON.parse(readFileSync(this.#file, "utf8")));
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) return this.#keepAside();
      throw error;
    }
  }

  /** Changes what is there now. */
  change(how: (now: Progress) => Progress): Progress {
    const next = how(this.read());
    writeWhole(this.#file, `${JSON.stringify(next, null, 2)}\n`);
    return next;
  }

  /** The exercise's law is kept. */
  addDone(id: string): Progress {
    return this.change((now) => (now.done.includes(id) ? now : { ...now, done: [...now.done, id] }));
  }

  #keepAside(): Progress {
    let n = 1;
    while (existsSync(this.#asideName(n))) n++;
    const aside = this.#asideName(n);
    renameSync(this.#file, aside);
    this.#tell(
      `progress.json could not be read. It is kept as ${basename(aside)}, and the progress begins anew; your files are as they were.`,
    );
    return EMPTY;
  }

  #asideName(n: number): string {
    return this.#file.replace(/\.json$/, `.broken-${n}.json`);
  }
}
