import { someOf } from "@shirts/command-line/testing";
import { describe, expect, test } from "vitest";
import { chapters } from "../exercises/index.ts";
import type { Answers } from "../src/answers.ts";
import { judge } from "../src/exercise.ts";

const all = Object.entries(chapters).flatMap(([chapter, exercises]) =>
  Object.entries(exercises).map(([name, it]) => ({ chapter, name, it })),
);

/** A right worker is judged by half a million orders: in `npm test` the solution is, and one more. */
const rightOnes = (name: string, { right }: Answers<unknown>) =>
  Object.entries(right).slice(0, process.env.SHORT_TESTS === "1" && name === "own-v5" ? 1 : undefined);

describe.each(all)("the exercise $chapter/$name", async ({ chapter, name, it }) => {
  const { answers }: { answers: Answers<unknown> } = await import(
    `../exercises/${chapter}/${name}/answers.ts`
  );

  test("its solution keeps the law", async () => {
    expect(await judge(it, await it.solution())).toBeUndefined();
  });

  test("as given it breaks the law", async () => {
    expect(await judge(it, await it.given())).toBeTypeOf("string");
  });

  test("it has at least two more right answers and five wrong ones", () => {
    expect(Object.keys(answers.right).length).toBeGreaterThanOrEqual(2);
    expect(Object.keys(answers.wrong).length).toBeGreaterThanOrEqual(5);
  });

  test.each(rightOnes(name, answers))("right: %s", async (_, answer) => {
    expect(await judge(it, answer)).toBeUndefined();
  });

  test.each(someOf(2, Object.entries(answers.wrong)))("wrong: %s", async (_, { answer, says }) => {
    expect(await judge(it, answer)).toMatch(says);
  });
});
