/** Words that the documents do not use: the last table of docs/glossary.md is the list. */
import { has, linesOf, read } from "./tree.ts";

export interface BannedWord {
  readonly never: string;
  readonly instead: string;
  readonly pattern: RegExp;
}

const heading = "## Words we do not use";

/** Reads `| never | instead |` rows. A word in back quotes counts as it is written, another one in any case. */
export function bannedWords(root: string): BannedWord[] {
  if (!has(root, "docs/glossary.md")) return [];
  const lines = linesOf(read(root, "docs/glossary.md"));
  const at = lines.indexOf(heading);
  if (at === -1) return [];
  return lines.slice(at).flatMap((line) => {
    const [, cell = "", instead = ""] = /^\| *([^|]+?) *\| *([^|]+?) *\|/.exec(line) ?? [];
    if (cell === "" || cell === "Never" || cell.startsWith("---")) return [];
    const never = cell.replaceAll("`", "");
    const escaped = never.replace(/[\\^$.*+?()[\]{}]/g, String.raw`\$&`);
    const pattern = new RegExp(String.raw`(?<![\w])${escaped}(?![\w])`, cell.startsWith("`") ? "u" : "iu");
    return [{ never, instead, pattern }];
  });
}
