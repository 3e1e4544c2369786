import { expect, test } from "vitest";
import { failuresOf, toldFailures } from "../src/gate/failures.ts";

const RED = "\u001b[31m";

function report(...files: { name: string; status: string; message?: string; tests?: object[] }[]): string {
  return JSON.stringify({
    testResults: files.map(({ tests = [], ...rest }) => ({ ...rest, assertionResults: tests })),
  });
}

test("each failed test is told with its file, its name and how its error begins", () => {
  const failed = {
    status: "failed",
    fullName: "v1 paints all",
    failureMessages: [`${RED}Error: 3 of 4\n\n  at x.ts:1`],
  };
  const passed = { status: "passed", fullName: "v1 starts", failureMessages: [] };
  const text = report({ name: "/house/v1/test/a.test.ts", status: "failed", tests: [passed, failed] });
  expect(failuresOf(text, "/house")).toEqual([
    "v1/test/a.test.ts > v1 paints all\n    Error: 3 of 4\n      at x.ts:1",
  ]);
});

test("a file that cannot be loaded is told", () => {
  const text = report({ name: "/house/b.test.ts", status: "failed", message: "no such module" });
  expect(failuresOf(text, "/house")).toEqual(["b.test.ts\n    no such module"]);
});

test("a run that wrote no report is told", () => {
  expect(failuresOf(undefined, "/house")).toEqual(["the tests: they wrote no report"]);
});

test("a long error is cut, and so is a long list, with its number", () => {
  const long = Array.from({ length: 500 }, (_, i) => `line ${i}`).join("\n");
  const test = { status: "failed", fullName: "it", failureMessages: [long] };
  const [told = ""] = failuresOf(
    report({ name: "/house/c.test.ts", status: "failed", tests: [test] }),
    "/house",
  );
  expect(told.split("\n")).toHaveLength(13);
  const all = toldFailures(Array.from({ length: 23 }, (_, i) => `no. ${i}`)).split("\n");
  expect(all).toHaveLength(22);
  expect(all.at(-1)).toBe("and 3 more");
});

test("nothing is told when nothing failed", () => {
  expect(toldFailures([])).toBe("");
});
