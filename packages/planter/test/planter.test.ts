/** A piece of code is found by its tokens. (What the simulator plants, its own tests try on the workers.) */
import { describe, expect, test } from "vitest";
import { places, tokens, withNames } from "../src/index.ts";

const words = (text: string, inTemplates = false) =>
  tokens(text, 0, text.length, inTemplates).map(({ text: word }) => word);
const found = (source: string, pattern: string) => places(tokens(source), tokens(pattern), new Map());

test("white space, comments and a comma before a closing bracket make no difference", () => {
  expect(words("f(a, /* why */ b)")).toEqual(words("f(\n  a,\n  b, // why\n)"));
});

describe("a template string", () => {
  const query = ["`SELECT $", "{columns} FROM people`"].join("");

  test("is one token, since its white space counts", () => {
    expect(words(query)).toEqual([query]);
  });

  test("is many tokens for those who look for a piece of SQL in it", () => {
    expect(words(query, true)).toEqual(["`", "SELECT", "$", "{", "columns", "}", "FROM", "people", "`"]);
  });
});

test("an apostrophe in a sentence hides no more than its line", () => {
  expect(words("`it isn't\n  here` + name", true)).toContain("name");
});

test("a name stands for the same identifier wherever it comes, and an SQL parameter for itself", () => {
  expect(found("m.get(a) === r && m.get(b) === r", "$m.get($x) === $r")).toHaveLength(2);
  expect(found("m.get(a) === n.get(a)", "$m.get(a) === $m.get(a)")).toHaveLength(0);
  expect(found("x = $2", "x = $1")).toHaveLength(0);
  expect(withNames("$m = $1", new Map([["$m", "map"]]), "here")).toBe("map = $1");
});
