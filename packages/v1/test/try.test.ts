import { describe, expect, test } from "vitest";
import { exercises } from "../try/exercises.ts";

describe.each(Object.entries(exercises))("the exercise %s", (name, { given, solved }) => {
  test("its solution keeps the law", async () => {
    expect(await solved()).toBeUndefined();
  });

  test("as given it breaks the law", async () => {
    const solvedIt = `You have solved ${name}, well done. To keep it open for the next reader: git restore packages/v1/try`;
    expect(await given(), solvedIt).toBeTypeOf("string");
  });
});
