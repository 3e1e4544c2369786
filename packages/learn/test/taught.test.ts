/** An exercise uses only what was taught: the words of its solution occur in the chapters up to its own. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalog, sourceOf } from "../src/catalog.ts";

const docs = new URL("../../../docs/", import.meta.url);
const { chapters }: { chapters: { slug: string }[] } = JSON.parse(
  readFileSync(new URL("chapters.json", docs), "utf8"),
);
const order = chapters.map(({ slug }) => slug);

/**
 * What a file imports from the packages, by name. Left out are those of this one, which is no subject of a chapter, and types: a
 * type that is needed stands in the given file.
 */
function imported(source: string): string[] {
  return [...source.matchAll(/import \{([^}]*)\} from "(@shirts\/[^"]+)"/g)]
    .filter(([, , from]) => from !== "@shirts/learn")
    .flatMap(([, names = ""]) => names.split(","))
    .map((name) => name.trim().replace(/ as .*$/, ""))
    .filter((name) => name !== "" && !name.startsWith("type "));
}

/** What a page shows as code, in a fence or in a line. */
function codeOf(page: string): string {
  return [...page.matchAll(/^```[^\n]*\n(.*?)^```|`([^`\n]+)`/gms)]
    .map(([, fence, word]) => fence ?? word ?? "")
    .join("\n");
}

/** The words that are in no code of the chapters up to this one. */
function untaught(source: string, chapter: string): string[] {
  const text = order
    .slice(0, order.indexOf(chapter) + 1)
    .map((slug) => codeOf(readFileSync(new URL(`${slug}.md`, docs), "utf8")))
    .join("\n");
  return imported(source).filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
}

test("chapters with exercises are chapters, in their order", () => {
  expect(catalog.chapters).toEqual(order.filter((slug) => catalog.chapters.includes(slug)));
});

describe.each(catalog.entries)("$id", (entry) => {
  test("uses only what was taught up to its chapter", () => {
    expect(untaught(readFileSync(sourceOf(entry, "solution"), "utf8"), entry.chapter)).toEqual([]);
  });

  test("as given is a file that one sees as a whole, and imports packages only", () => {
    const given = readFileSync(sourceOf(entry, "given"), "utf8");
    expect(given.split("\n").length).toBeLessThanOrEqual(46);
    expect(given).not.toMatch(/from "\.|import\("\./);
  });
});

test("planted: a word of a later chapter is noticed", () => {
  expect(untaught('import { chan, merge, receiving } from "@shirts/chan";', "goroutines")).toContain(
    "receiving",
  );
  expect(untaught('import { type RecvChan, chan } from "@shirts/chan";', "channels")).toEqual([]);
});
