/** What came of the faults, for people: the totals on the screen, and the document that lists each fault. */
import type { PlantedFault } from "./fault.ts";
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

/** The document, as Markdown: what came of `results`, and of the other `faults` what `before` says, the text of an earlier run. */
export function documentOf(faults: readonly PlantedFault[], results: readonly Tried[], before = ""): string {
  const laws = lawsOf(before);
  for (const { fault, outcome } of results)
    laws.set(fault.fault, outcome.type === "seen" ? outcome.test : undefined);
  const seen = faults.filter(({ fault }) => laws.get(fault) !== undefined);
  const tried = faults.filter(({ fault }) => laws.has(fault));
  const left = faults.length - tried.length;
  const files = [...new Set(faults.map(({ file }) => file))];
  return `# Planted faults

Written by \`pnpm planted\`: it plants each of these faults in a copy of the tree, one at a time, and runs the tests that should
notice it. The law is the test that failed first. A run of some faults writes their rows only.

${tried.length} planted, ${seen.length} seen, ${tried.length - seen.length} unseen${left === 0 ? "" : `; ${left} newer ones wait for \`pnpm planted --rest\``}.
${files.map((file) => section(file, faults, laws)).join("")}`;
}

const UNSEEN = "**unseen**";
const NOT_TRIED = "not tried yet";

/** A document's faults by name, each with the law that noticed it; undefined when none did. */
export function lawsOf(document: string): Map<string, string | undefined> {
  const laws = new Map<string, string | undefined>();
  for (const [, fault = "", law = ""] of document.matchAll(/^\| (?!planted|---)(.*) \| (.*) \|$/gm))
    if (law !== NOT_TRIED) laws.set(plain(fault), law === UNSEEN ? undefined : plain(law));
  return laws;
}

function section(
  file: string,
  faults: readonly PlantedFault[],
  laws: ReadonlyMap<string, string | undefined>,
): string {
  const rows = faults
    .filter((fault) => fault.file === file)
    .map(({ fault }) => {
      const law = laws.has(fault) ? (laws.get(fault) ?? UNSEEN) : NOT_TRIED;
      return `| ${cell(fault)} | ${law === UNSEEN ? law : cell(law)} |`;
    });
  return `\n## ${file}\n\n| planted | the law that notices it |\n| --- | --- |\n${rows.join("\n")}\n`;
}

/** One line: a test's title may hold the text that it is about. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
}

function plain(text: string): string {
  return text.replaceAll("\\|", "|");
}
