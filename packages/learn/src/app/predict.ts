/** Asks a chapter's predictions, keeps what the reader says, and only then shows what the chapter answers. */
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import chalk from "chalk";
import type { ProgressFile } from "../files/progress.ts";
import { type Prediction, predictionsOf } from "../predictions.ts";
import { wrap } from "../text.ts";
import { page, typed } from "./dialogs.ts";
import type { Screen } from "./screen.ts";

/** The page of a chapter, for people. */
export function pageOf(chapter: string): string {
  return relative(process.cwd(), fileOf(chapter));
}

function fileOf(chapter: string): string {
  return fileURLToPath(new URL(`../../../../docs/${chapter}.md`, import.meta.url));
}

/** The questions of a chapter; none when it has no page. */
export function questionsOf(chapter: string): Prediction[] {
  const file = fileOf(chapter);
  return existsSync(file) ? predictionsOf(readFileSync(file, "utf8")) : [];
}

/** Returns when all is answered and read, or the reader has left. Answers so far are kept each time. */
export async function predict(screen: Screen, chapter: string, progress: ProgressFile): Promise<void> {
  const questions = questionsOf(chapter);
  const width = Math.min(screen.columns, 100);
  if (questions.length === 0) {
    await page(screen, wrap(`There is nothing to predict in ${pageOf(chapter)}.`, width));
    return;
  }
  const known = progress.read().predictions[chapter] ?? [];
  const answers = known.slice(0, questions.length);
  for (const [index, { question }] of questions.entries()) {
    if (answers[index] !== undefined) continue;
    const answer = await typed(screen, [
      chalk.bold(`Predict, ${index + 1} of ${questions.length}: ${chapter}`),
      ...wrap(
        `Its code is in ${pageOf(chapter)}, above "Predict". The answers come when you have said yours.`,
        width,
      ),
      "",
      ...wrap(question, width),
      "",
      chalk.dim("Enter: that is my answer   Escape: later"),
    ]);
    if (answer === undefined) return;
    answers.push(answer);
    progress.change((now) => ({ ...now, predictions: { ...now.predictions, [chapter]: answers } }));
  }
  await page(
    screen,
    questions.flatMap((prediction, index) => answered(prediction, answers[index] ?? "", width, chapter)),
  );
}

function answered({ question, answer }: Prediction, mine: string, width: number, chapter: string): string[] {
  return [
    ...wrap(question, width).map((line) => chalk.bold(line)),
    ...wrap(`you: ${mine === "" ? "(nothing)" : mine}`, width, "  "),
    ...wrap(`the chapter: ${answer ?? `run its program, and read ${pageOf(chapter)}`}`, width, "  "),
    "",
  ];
}
