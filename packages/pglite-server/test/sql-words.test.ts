/** SQL as words: what PostgreSQL takes for a string, a comment or a name is none of ours. */
import { expect, test } from "vitest";
import { statementsOf } from "../src/sql-words.ts";

test.each([
  ["SELECT 1", [["select", "1"]]],
  [
    "LISTEN a; ;SELECT 1;",
    [
      ["listen", "a"],
      ["select", "1"],
    ],
  ],
  ["-- LISTEN a\nSELECT/* LISTEN /* nested */ b */x", [["select", "x"]]],
  [
    "SELECT 'it''s; LISTEN a', E'\\'; LISTEN b', $$; LISTEN c$$, $t$ $$ ; $t$",
    [["select", "'it''s; LISTEN a", ",", "'\\'; LISTEN b", ",", "'; LISTEN c", ",", "' $$ ; "]],
  ],
  [
    "SELECT 'a\\'; LISTEN b",
    [
      ["select", "'a\\"],
      ["listen", "b"],
    ],
  ],
  ["SELECT U&'d\\0061t', x'1F', N'n'", [["select", "'d\\0061t", ",", "'1F", ",", "'n"]]],
  ['SELECT "Select""ed; x" FROM T', [["select", 'Select""ed; x', "from", "t"]]],
  ["SELECT a$b$ , $1, été", [["select", "a$b$", ",", "$", "1", ",", "été"]]],
  ["SELECT 'never closed; LISTEN a", [["select", "'never closed; LISTEN "]]],
  ["/* never closed; LISTEN a", []],
  ["", []],
])("%s", (text, words) => {
  expect(statementsOf(text)).toEqual(words);
});

test("a long text is read in a moment, and so is one of nothing but quotes", () => {
  expect(statementsOf(`INSERT INTO t VALUES ${"(1, 'it''s'), ".repeat(100_000)}(1)`)).toHaveLength(1);
  expect(statementsOf(`SELECT ${"''".repeat(1_000_000)}`)).toHaveLength(1);
});
