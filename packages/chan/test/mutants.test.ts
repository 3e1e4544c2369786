/** The faults of the mutation check still have their places. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FAULTS } from "../bench/mutants/faults.ts";
import { plant } from "../bench/mutants/plant.ts";

test.each(FAULTS)("a fault can be planted: $fault", (fault) => {
  const text = readFileSync(new URL(`../src/${fault.file}`, import.meta.url), "utf8");
  expect(plant(text, fault)).not.toBe(text);
});

const fault = { fault: "a second close is silent", file: "chan.ts", from: "if (closed) throw a;", to: "$&;" };

test("a fault finds its place in any white space", () => {
  expect(plant("x;\n  if (closed)\n    throw a;\n", fault)).toBe("x;\n  $&;\n");
});

test("a fault whose place was renamed, or is there twice, is named with its file", () => {
  expect(() => plant("if (isClosed) throw a;", fault)).toThrow(
    /"a second close is silent" looks for `if \(closed\) throw a;` in src\/chan\.ts, which holds it 0 times/,
  );
  expect(() => plant("if (closed) throwa;", fault)).toThrow("0 times");
  expect(() => plant(`${fault.from} ${fault.from}`, fault)).toThrow("2 times");
});

test("the README says how many faults there are", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(/plants (\d+) faults/.exec(readme)?.[1]).toBe(String(FAULTS.length));
});
