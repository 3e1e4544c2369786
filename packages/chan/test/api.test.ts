import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sectionOf, signatureOf } from "./api.ts";
import { declarationOf, exportsOf } from "./docstrings.ts";

function sectionsOf(entry: string): string[] {
  const index = new URL(`../src/${entry}`, import.meta.url);
  const exported = exportsOf(readFileSync(index, "utf8"));
  return exported
    .toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(([name, file]) => {
      const source = readFileSync(new URL(file, index), "utf8");
      return sectionOf(source, declarationOf(source, name));
    });
}

test("API.md is what the docstrings say (`pnpm --filter chan test api -u` writes it)", async () => {
  const page = [
    "# The API of @shirts/chan",
    "<!-- note: made of the docstrings by test/api.test.ts -->",
    "## @shirts/chan",
    ...sectionsOf("index.ts"),
    "## @shirts/chan/testing",
    ...sectionsOf("testing/index.ts"),
  ];
  await expect(`${page.join("\n\n")}\n`).toMatchFileSnapshot("../API.md");
});

test("a signature is the whole head of a declaration, on one line", () => {
  const source =
    "export function select<const C>(\n  cases: C,\n  options?: Cancellable,\n): Promise<C> {\n  return x;\n}\n";
  expect(signatureOf(source, declarationOf(source, "select"))).toBe(
    "function select<const C>(cases: C, options?: Cancellable): Promise<C>",
  );
});
