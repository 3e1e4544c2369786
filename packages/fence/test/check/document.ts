/** The matrix of wrong tables and checks, as a document. */
import type { Report } from "../../src/check/index.ts";

export function documentOf(
  right: readonly string[],
  wrong: readonly string[],
  found: ReadonlyMap<string, Report>,
): string {
  const reportOf = (table: string): Report => {
    const report = found.get(table);
    if (!report) throw new Error(`"${table}" was not tried: run all tests of this file`);
    return report;
  };
  const findings = reportOf(right[0] ?? "").findings;
  const columns = findings.map((_, i) => `${i + 1}`);
  const rowOf = (table: string, words: string) =>
    `| ${words} | ${reportOf(table)
      .findings.map(({ mark }) => (mark === "✓" ? " " : mark))
      .join(" | ")} |`;
  return `# What the judge finds

Written by the tests of \`fence\`, on a real PostgreSQL (\`UPDATE=1\`). A row is a table with a fence, a column a check of [\`checkFence\`](../../packages/fence/README.md#your-own-table). ✗: the check broke it, and reported an order of events. –: it could not be played there. Empty: it held.

${findings.map(({ fault, name }, i) => `${i + 1}. **${fault}**, or: ${name}`).join("\n")}

| A wrong table that … | ${columns.join(" | ")} |
| --- | ${columns.map(() => "---").join(" | ")} |
${wrong.map((table) => rowOf(table, table)).join("\n")}

| A right table … | ${columns.join(" | ")} |
| --- | ${columns.map(() => "---").join(" | ")} |
${right.map((table) => rowOf(table, table)).join("\n")}
`;
}
