import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { questionsOf } from "../src/app/predict.ts";
import { predictionsOf } from "../src/predictions.ts";

const CHAPTERS: readonly string[] = JSON.parse(
  readFileSync(new URL("../../../docs/chapters.json", import.meta.url), "utf8"),
).chapters.map(({ slug }: { slug: string }) => slug);

test("questions and folded answers are read, without Markdown's marks, and no fence is taken for either", () => {
  const page = `# A chapter

## Predict

Some words.

1. Does \`recv\` wait, *always*?
2. What does [close](close.md) do,
   to **whom**?

## Run it

<details>
<summary>answers</summary>

\`\`\`console
1. no answer
\`\`\`

1. Yes.
2. Nothing
   at all.

</details>

1. No answer either.
`;
  expect(predictionsOf(page)).toEqual([
    { question: "Does recv wait, always?", answer: "Yes." },
    { question: "What does close do, to whom?", answer: "Nothing at all." },
  ]);
});

test("a page without predictions has none, and a question without an answer stays one", () => {
  expect(predictionsOf("# A page\n\n1. One.\n")).toEqual([]);
  expect(predictionsOf("## Predict\n\n1. One?\n")).toEqual([{ question: "One?", answer: undefined }]);
});

describe.each(CHAPTERS)("%s", (chapter) => {
  test("has at least two predictions that can be asked", () => {
    const questions = questionsOf(chapter);
    expect(questions.length).toBeGreaterThanOrEqual(2);
    for (const { question } of questions) expect(question).toMatch(/[?.]/);
  });
});
