/** Each way in which a fence fails stands in the README with the test that holds it: these tests exist. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
const rows = read("README.md").split("## How a fence fails")[1]?.split("\n## ")[0] ?? "";
const links = [...rows.matchAll(/\[([^\]]+)\]\((test\/[^)]+)\)/g)].map(([, title = "", file = ""]) => ({
  title,
  file,
}));

test("there are as many as there are ways", () => {
  expect(links.length).toBeGreaterThan(9);
});

test.each(links)("$title", ({ title, file }) => {
  expect(read(file)).toContain(`"${title}"`);
});
