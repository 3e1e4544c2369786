/** Writes the bodies of all directives into the documents. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FillOptions, fill } from "./bodies.ts";
import { withBodies } from "./directives.ts";
import type { Problem } from "./problem.ts";
import { documents, read } from "./tree.ts";

export interface Synced {
  readonly written: readonly string[];
  /** Blocks that could not be filled; they are left as they were. */
  readonly problems: readonly Problem[];
}

/** Without `files`: all documents. */
export async function sync(
  root: string,
  files: readonly string[] = [],
  options: FillOptions = {},
): Promise<Synced> {
  const written: string[] = [];
  const problems: Problem[] = [];
  for (const filled of await fill(root, files.length > 0 ? files : documents(root), options)) {
    const { file, text, blocks, bodies } = filled;
    problems.push(...filled.problems);
    const fresh = withBodies(text, blocks, bodies);
    if (fresh === text) continue;
    // The commands took a while: an editor may have saved the file meanwhile, and its work goes first.
    if (read(root, file) !== text) {
      problems.push({ file, line: 1, text: "it was changed while the commands ran: run docs:sync again" });
      continue;
    }
    writeFileSync(join(root, file), fresh);
    written.push(file);
  }
  return { written, problems };
}
