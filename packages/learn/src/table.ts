/** The document that lists what each judge says to each answer: docs/generated/exercises.md. */
import type { Answers } from "./answers.ts";
import { catalog, type Entry } from "./catalog.ts";
import { judge } from "./exercise.ts";

const SENTENCE_MAX = 200;

/** Judges all answers of all exercises. */
export async function exercisesDocument(): Promise<string> {
  const sections: string[] = [];
  let [right, wrong] = [0, 0];
  for (const entry of catalog.entries) {
    const rows = await rowsOf(entry);
    right += rows.filter(({ complaint }) => complaint === undefined).length;
    wrong += rows.filter(({ complaint }) => complaint !== undefined).length;
    sections.push(sectionOf(entry, rows));
  }
  return `# Exercises, and what their judges say

Written by \`pnpm --filter learn table\`: it gives each judge its exercise as given, the solution, right answers of other shapes,
and wrong or lazy ones. The tests hold every row.

${catalog.entries.length} exercises in ${catalog.chapters.length} chapters; ${right} right answers are accepted, ${wrong} wrong ones are refused.

${sections.join("\n")}`;
}

interface Row {
  readonly answer: string;
  readonly complaint: string | undefined;
}

async function rowsOf({ chapter, name, exercise }: Entry): Promise<Row[]> {
  const { answers }: { answers: Answers<unknown> } = await import(
    `../exercises/${chapter}/${name}/answers.ts`
  );
  const tried: [string, unknown][] = [
    ["*as given*", await exercise.given()],
    ["*the solution*", await exercise.solution()],
    ...Object.entries(answers.right),
    ...Object.entries(answers.wrong).map(([what, { answer }]): [string, unknown] => [what, answer]),
  ];
  const rows: Row[] = [];
  // One after the other: a bubble has no other one beside it.
  for (const [answer, module] of tried) rows.push({ answer, complaint: await judge(exercise, module) });
  return rows;
}

function sectionOf({ id, exercise }: Entry, rows: readonly Row[]): string {
  const lines = rows.map(({ answer, complaint }) =>
    complaint === undefined
      ? `| ${cell(answer)} | accepted | |`
      : `| ${cell(answer)} | refused | ${cell(complaint)} |`,
  );
  return `## ${id}

The law: ${exercise.law}.

| answer | | what the judge says |
| --- | --- | --- |
${lines.join("\n")}
`;
}

/** On one line, and no mark of Markdown or HTML in it but those of the words themselves. */
function cell(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const short = line.length > SENTENCE_MAX ? `${line.slice(0, SENTENCE_MAX - 1)}…` : line;
  return short.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
