import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { copyTree } from "../src/planted/copy.ts";
import { documentOf, totals } from "../src/planted/document.ts";
import { type PlantedFault, plant } from "../src/planted/fault.ts";
import { faults } from "../src/planted/faults/all.ts";
import { outcomeOf } from "../src/planted/run-tests.ts";
import { read, repository } from "../src/tree.ts";

test.each(faults)("$fault: it fits $file", (fault) => {
  const text = read(repository, join("packages", fault.file));
  expect(plant(text, fault)).not.toBe(text);
  for (const file of fault.tests) expect(existsSync(join(repository, "packages", file)), file).toBe(true);
});

test("the document lists exactly these faults, and none that goes unseen; `pnpm planted --rest` tries those that wait", () => {
  const document = read(repository, "docs/generated/planted-faults.md");
  expect(document).toContain(" 0 unseen");
  expect(document).toBe(documentOf(faults, [], document));
});

test("no two faults have the same name", () => {
  expect(new Set(faults.map(({ fault }) => fault)).size).toBe(faults.length);
});

describe("a fault", () => {
  const fault = (find: string, put: string): PlantedFault => ({
    fault: "x",
    file: "a.ts",
    tests: [],
    find,
    put,
  });

  test("finds its place in any white space, in SQL, and beside a comment", () => {
    expect(plant("if (a) // why\n  b();", fault("if (a) b();", "b();"))).toBe("b();");
    expect(plant("`SELECT a\n  WHERE b = $1`", fault("WHERE b = $1", ""))).toBe("`SELECT a\n  `");
  });

  test("that does not fit, or fits twice, says so with its file", () => {
    expect(() => plant("a();", fault("b();", ""))).toThrow(
      '"x" does not fit a.ts: this comes 0 times, not once: b();',
    );
    expect(() => plant("a(); a();", fault("a();", ""))).toThrow("this comes 2 times, not once: a();");
  });
});

describe("what the tests say", () => {
  const report = (tests: object[], message = "") =>
    JSON.stringify({ testResults: [{ message, assertionResults: tests }] });
  const failed = (reason: string) => ({ fullName: "a law", status: "failed", failureMessages: [reason] });

  test.each([
    [[{ fullName: "a law", status: "passed" }], "", { type: "passed" }],
    [[{ fullName: "a law", status: "pending" }], "", { type: "skipped" }],
    [[failed("AssertionError: no")], "", { type: "seen", test: "a law" }],
    [
      [failed("ReferenceError: x is not defined")],
      "",
      { type: "broken", reason: "ReferenceError: x is not defined" },
    ],
    [[], "Transform failed\nat", { type: "broken", reason: "Transform failed" }],
    [[], "", { type: "broken", reason: "it has no tests" }],
  ])("%#: a fault that only falls over its own feet is not seen", (tests, message, outcome) => {
    expect(outcomeOf(report(tests, message))).toEqual(outcome);
  });

  const tried = (file: string, type: "seen" | "passed") => ({
    fault: { fault: `${file} is wrong`, file, tests: [], find: "", put: "" },
    outcome: type === "seen" ? { type, test: "a law" } : { type },
    testFile: "v1/test/worker.test.ts",
    seconds: 1,
  });

  test("is counted by kind", () => {
    const results = [tried("a.ts", "seen"), tried("b.ts", "passed")];
    expect(totals(results)).toBe(
      "2 planted, 1 seen, 1 unseen\n     1 by tests in memory, under a fake clock",
    );
  });

  test("is written down; a later run of some faults writes their rows and keeps the others", () => {
    const fault = (name: string, file: string): PlantedFault => ({
      ...tried(file, "seen").fault,
      fault: name,
    });
    const faults = [
      fault("a | b is wrong", "a.ts"),
      fault("c is wrong", "a.ts"),
      fault("d is wrong", "d.ts"),
    ];
    const [ab, c] = faults as [PlantedFault, PlantedFault];
    const seen = { type: "seen", test: "a law" } as const;
    const at = { testFile: "v1/test/worker.test.ts", seconds: 1 };
    const first = documentOf(faults, [{ ...at, fault: ab, outcome: seen }]);
    expect(first).toContain("1 planted, 1 seen, 0 unseen; 2 newer ones wait for `pnpm planted --rest`.");
    expect(first).toContain("## a.ts\n\n| planted | the law that notices it |\n");
    expect(first).toContain("| c is wrong | not tried yet |");
    const second = documentOf(faults, [{ ...at, fault: c, outcome: seen }], first);
    expect(second).toContain("2 planted, 2 seen, 0 unseen; 1 newer ones wait");
    expect(second).toContain("| a \\| b is wrong | a law |");
    const ofTwoLines = { type: "seen", test: "a law\n  of two lines" } as const;
    expect(documentOf(faults, [{ ...at, fault: c, outcome: ofTwoLines }], second)).toContain(
      "| c is wrong | a law of two lines |",
    );
    expect(documentOf(faults, [{ ...at, fault: c, outcome: { type: "passed" } }], second)).toContain(
      "| c is wrong | **unseen** |",
    );
    expect(documentOf([c], [], second)).not.toContain("a | b");
    const long = documentOf([c], [{ ...at, fault: c, outcome: { type: "seen", test: "SELECT 1\n  holds" } }]);
    expect(long).toContain("| c is wrong | SELECT 1 holds |");
    expect(documentOf([c], [], long)).toBe(long);
  });
});

test("a copy of the tree leads to its own packages and to the reader's libraries, and leaves nothing behind", () => {
  const copy = copyTree(repository);
  try {
    const module = (name: string) => realpathSync(join(copy.root, "packages/v4/node_modules", name));
    expect(module("@shirts/chan")).toBe(join(copy.root, "packages/chan"));
    expect(
      realpathSync(join(copy.root, "node_modules/vitest")).startsWith(realpathSync(repository) + sep),
    ).toBe(true);
    expect(readFileSync(join(copy.root, "packages/v4/src/worker.ts"), "utf8")).toBe(
      read(repository, "packages/v4/src/worker.ts"),
    );
    expect(readdirSync(copy.root)).not.toContain(".git");
  } finally {
    copy.remove();
  }
  expect(existsSync(copy.root)).toBe(false);
});
