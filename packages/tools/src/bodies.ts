/** What each directive of a document turns into. Runs the commands of all documents together, so that two work at a time. */

import { type Block, readBlocks } from "./directives.ts";
import { graph } from "./graph.ts";
import type { Problem } from "./problem.ts";
import { type Run, runAll } from "./runs.ts";
import { code, diff, test } from "./show.ts";
import { pick } from "./table-rows.ts";
import { chapterTable, nav, stageTable } from "./tables.ts";
import { commandOf, isOnce, isRecorded, transcript } from "./transcript.ts";
import { read } from "./tree.ts";

export interface Filled {
  readonly file: string;
  /** As it was read: compare with it before you write it back. */
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Blocks without an entry are kept as they are. */
  readonly bodies: ReadonlyMap<Block, readonly string[]>;
  readonly problems: readonly Problem[];
}

export interface FillOptions {
  /** Run commands again although nothing changed. */
  readonly fresh?: boolean;
  /** Also run what is marked `run once` and already recorded. */
  readonly all?: boolean;
  /** Default true. With false every command counts as marked `run once`. */
  readonly runs?: boolean;
}

/** Works out the bodies of all blocks of these documents. */
export async function fill(
  root: string,
  files: readonly string[],
  options: FillOptions = {},
): Promise<Filled[]> {
  const documents = files.map((file) => {
    const text = read(root, file);
    return { file, text, ...readBlocks(file, text) };
  });
  const commands = documents.flatMap(({ blocks }) =>
    blocks.filter((it) => mustRun(it, options)).map(commandOf),
  );
  const runs = await runAll(root, commands, options);
  return documents.map(({ file, text, blocks, problems }) => {
    const bodies = new Map<Block, readonly string[]>();
    const found = [...problems];
    for (const block of blocks) {
      const body = bodyOf(root, file, block, runs);
      if (typeof body === "string") found.push({ file, line: block.line, text: body });
      else if (body) bodies.set(block, body);
    }
    return { file, text, blocks, bodies, problems: found };
  });
}

function mustRun(block: Block, { all = false, runs = true }: FillOptions): boolean {
  return block.kind === "run" && (all || (runs && !isOnce(block)) || !isRecorded(block));
}

function bodyOf(
  root: string,
  file: string,
  block: Block,
  runs: ReadonlyMap<string, Run | string>,
): readonly string[] | string | undefined {
  switch (block.kind) {
    case "code":
      return code(root, block.args, file);
    case "diff":
      return diff(root, block.args);
    case "test":
      return test(root, block.args, file);
    case "run":
      return transcript(root, block, runs.get(commandOf(block)));
    case "table":
      return pick(root, block.args);
    case "nav":
      return nav(root, file);
    case "chapters":
      return chapterTable(root, file);
    case "stages":
      return stageTable(root, file);
    case "graph":
      return graph(root);
    case "sketch":
      return block.args === "" ? "a sketch says why it is drawn by hand: <!-- sketch: why -->" : undefined;
  }
}
