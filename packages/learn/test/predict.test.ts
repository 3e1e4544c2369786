/** The predictions of a chapter, asked on the screen. Its page is read, so it is apart from the other tests. */
import { expect, test } from "vitest";
import { questionsOf } from "../src/app/predict.ts";
import { begin } from "./begin.ts";

test("p asks all predictions of the chapter before it shows an answer, and keeps what the reader said", async () => {
  const { screen, progress } = begin();
  const questions = questionsOf("select");
  expect(questions.length).toBeGreaterThan(2);
  await screen.says("p asks for your predictions");
  screen.press("p");
  for (const [index, { answer }] of questions.entries()) {
    await screen.says(`Predict, ${index + 1} of ${questions.length}`);
    for (const one of questions) if (one.answer) expect(screen.text).not.toContain(one.answer.slice(0, 30));
    expect(answer).toBeTypeOf("string");
    screen.type(`my answer ${index}`);
  }
  await screen.says("the chapter: ");
  expect(screen.text).toContain("you: my answer 0");
  expect(progress.read().predictions.select).toEqual(questions.map((_, index) => `my answer ${index}`));
});

test("predictions that were left with Escape go on with the next question", async () => {
  const { screen, progress } = begin();
  screen.press("p");
  await screen.says("Predict, 1 of");
  screen.type("one");
  await screen.says("Predict, 2 of");
  screen.press("t", "w", "p", "backspace", "escape");
  await screen.says("Your file");
  expect(progress.read().predictions.select).toEqual(["one"]);
  screen.press("p");
  await screen.says("Predict, 2 of");
});
