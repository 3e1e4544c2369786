import { expect, test } from "vitest";
import { choose } from "../src/gate/choice.ts";

const known = ["chan", "v1", "v2"];

test("without words the whole gate runs", () => {
  expect(choose([], known)).toEqual({ isWhole: true, packages: [], rest: [] });
});

test("package names, short or long, choose their tests alone", () => {
  expect(choose(["chan", "@shirts/v2"], known)).toEqual({
    isWhole: false,
    packages: ["chan", "v2"],
    rest: [],
  });
});

test("what follows the package names goes to Vitest as it is", () => {
  const choice = choose(["chan", "-t", "select", "v1"], known);
  expect(choice).toEqual({ isWhole: false, packages: ["chan"], rest: ["-t", "select", "v1"] });
});

test("a flag or a path may come first", () => {
  expect(choose(["--bail=1"], known).rest).toEqual(["--bail=1"]);
  expect(choose(["test/select.test.ts"], known).rest).toEqual(["test/select.test.ts"]);
});

test("an unknown package is refused with the names that there are", () => {
  expect(() => choose(["chann"], known)).toThrow('There is no package "chann" here. There are: chan, v1, v2');
});
