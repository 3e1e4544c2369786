/** What came of the faults, for people: the totals on the screen, and the document that lists each fault. */
import type { Tried } from "./try-faults.ts";

/** What kind of test has noticed a fault, by its file. The first that fits counts. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/-process\.test/, "processes"],
  [/^v\d\/test\/|^cluster\//, "in memory, under a fake clock"],
  [/^table\/test\/(fence|stalled)/, "on a real PostgreSQL"],
  [/^table\/test\/errors/, "of one function"],
  [/^table\//, "on PGlite"],
  [/^amqp\//, "on the embedded broker"],
];

function kindOf(testFile: string): string {
  return kinds.find(([pattern]) => pattern.test(testFile))?.[1] ?? "others";
}

/** How many were noticed, by which kind of test, and what was not. */
export function totals(results: readonly Tried[]): string {
  const seen = results.filter(({ outcome }) => outcome.type === "seen");
  const skipped = results.filter(({ outcome }) => outcome.type === "skipped");
  const unseen = results.filter(({ outcome }) => outcome.type === "passed" || outcome.type === "broken");
  const byKind = grouped(seen);
  const lines = [...byKind].map(([kind, list]) => `  ${String(list.length).padStart(4)} by tests ${kind}`);
  const ending = skipped.length === 0 ? "" : `, ${skipped.length} not tried (no real server)`;
  return [`${results.length} planted, ${seen.length} seen, ${unseen.length} unseen${ending}`, ...lines].join(
    "\n",
  );
}

function grouped(seen: readonly Tried[]): Map<string, Tried[]> {
  const byKind = new Map<string, Tried[]>();
  for (const result of seen)
    byKind.set(kindOf(result.testFile), [...(byKind.get(kindOf(result.testFile)) ?? []), result]);
  return byKind;
}

/** The document, as Markdown. */
export function documentOf(results: readonly Tried[]): string {
  const files = [...new Set(results.map(({ fault }) => fault.file))];
  return `# Planted faults

Written by \`pnpm planted\`: it plants each of these faults in a copy of the tree, one at a time, and runs the tests that should
notice it. The law is the test that failed first.

${totals(results)
  .replaceAll(/^ +(\d+) by/gm, "- $1 by")
  .replace("\n", ":\n\n")}
${files.map((file) => section(file, results)).join("")}`;
}

function section(file: string, results: readonly Tried[]): string {
  const rows = results
    .filter(({ fault }) => fault.file === file)
    .map(
      ({ fault, outcome }) =>
        `| ${cell(fault.fault)} | ${outcome.type === "seen" ? cell(outcome.test) : `**${outcome.type}**`} |`,
    );
  return `\n## ${file}\n\n| planted | the law that notices it |\n| --- | --- |\n${rows.join("\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
