/** What the directives that list things turn into: nav, chapters, stages. All order comes from docs/chapters.json. */
import { posix } from "node:path";
import { type Chapter, chapterFile, readBook } from "./chapters.ts";
import { packageNamed } from "./packages.ts";
import { changedLines, readStages } from "./stages.ts";

/** Links to the neighbours of a chapter. */
export function nav(root: string, document: string): string[] | string {
  const { chapters } = readBook(root);
  const at = chapters.findIndex((it) => chapterFile(it) === document);
  if (at === -1)
    return `${document} is not in docs/chapters.json: add it there, or take out the nav directive`;
  const before = chapters[at - 1];
  const after = chapters[at + 1];
  const links = [
    before && `← ${link(before, document)}`,
    `[All chapters](${to("README.md", document)})`,
    after && `Next: ${link(after, document)} →`,
  ];
  return [links.filter((it) => it !== undefined).join(" · ")];
}

/** All chapters: what they are called and how they start. A clock stands beside those of the hour's path. */
export function chapterTable(root: string, document: string): string[] {
  const rows = readBook(root).chapters.map(
    (chapter, index) =>
      `| ${index + 1}${chapter.hour ? " ⏱" : ""} | ${link(chapter, document)} | \`${chapter.start}\` |`,
  );
  return ["| | Chapter | Run it |", "| --- | --- | --- |", ...rows];
}

/** All stages: what each one is, how much it differs from the one before, which chapter tells it. */
export function stageTable(root: string, document: string): string[] {
  const { chapters } = readBook(root);
  const rows = readStages(root).map((stage) => {
    const worker = `[${stage.name}](${to(stage.worker, document)})`;
    const what = packageNamed(root, stage.name)?.description.replace(/^Stage \d+: /, "") ?? "";
    const size =
      stage.from === undefined ? "the first" : `${changedLines(root, stage)} lines from ${stage.from}`;
    const told = chapters.filter((it) => it.package === stage.name).map((it) => link(it, document));
    return `| ${worker} | ${what} | ${size} | ${told.join(", ")} |`;
  });
  return ["| Stage | What it is | `worker.ts` | Chapters |", "| --- | --- | --- | --- |", ...rows];
}

function link(chapter: Chapter, document: string): string {
  return `[${chapter.title}](${to(chapterFile(chapter), document)})`;
}

function to(path: string, document: string): string {
  return posix.relative(posix.dirname(document), path);
}
