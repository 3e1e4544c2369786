/** What the directives that show sources turn into: code, diff and test. A string in place of lines is a problem. */
import { extname, posix } from "node:path";
import { structuredPatch } from "diff";
import { fenced } from "./directives.ts";
import { dedent, readSource } from "./regions.ts";
import { has, read } from "./tree.ts";

const languages: Record<string, string> = {
  ".yml": "yaml",
  ".mts": "ts",
  ".cts": "ts",
  ".cjs": "js",
  ".mjs": "js",
};

/** `path` or `path#region` as a fence, under the name of its file. */
export function code(root: string, args: string, document: string): string[] | string {
  const [path = "", region] = args.split("#");
  const lines = linesShown(root, path, region);
  if (typeof lines === "string") return lines;
  return [
    `<sub>[${path.replace(/^packages\//, "")}](${linkFrom(document, path)})</sub>`,
    "",
    ...fenced(languageOf(path), lines),
  ];
}

/** `before after` or `before after #region` as a fenced diff, without the markers of either file. */
export function diff(root: string, args: string): string[] | string {
  const { before, after, region } = diffArgs(args);
  if (before === "" || after === "") return "a diff needs two files: <!-- diff before after #region -->";
  const old = linesShown(root, before, region);
  const fresh = linesShown(root, after, region);
  // A region may be new in a stage, or gone: then everything was added, or taken away.
  if (typeof old === "string" && (typeof fresh === "string" || !has(root, before))) return old;
  if (typeof fresh === "string" && !has(root, after)) return fresh;
  return fenced("diff", [
    `--- ${before}`,
    `+++ ${after}`,
    ...changes(typeof old === "string" ? [] : old, typeof fresh === "string" ? [] : fresh),
  ]);
}

export function diffArgs(args: string): { before: string; after: string; region: string | undefined } {
  const [before = "", after = "", region] = args.split(/\s+/);
  return { before, after, region: region?.replace(/^#/, "") };
}

/** The lines of a unified diff. Line numbers would be those of no file, so a gap is only marked. */
export function changes(before: readonly string[], after: readonly string[]): string[] {
  const text = (lines: readonly string[]) => (lines.length === 0 ? "" : `${lines.join("\n")}\n`);
  const { hunks } = structuredPatch("", "", text(before), text(after), "", "", { context: 3 });
  return hunks
    .flatMap((hunk, index) => (index === 0 ? hunk.lines : ["@@ … @@", ...hunk.lines]))
    .map(trimContext);
}

/** `path "title" "title"` as a list: a line for each law, with a link to the file of its test. */
export function test(root: string, args: string, document: string): string[] | string {
  const [, path = "", rest = ""] = /^(\S+)\s+(".*")$/.exec(args) ?? [];
  const titles = rest.slice(1, -1).split('" "');
  if (rest.length < 3)
    return 'a test directive is <!-- test path "title" "another title of the same file" -->';
  if (!has(root, path)) return `${path} does not exist: correct the path of the test`;
  const source = read(root, path);
  const missing = titles.find((title) => !hasTest(source, title));
  if (missing !== undefined) return `${path} has no test "${missing}": correct the title, or write the test`;
  const link = `[${posix.basename(path)}](${linkFrom(document, path)})`;
  // A title of `test.each` has places for values; a reader needs to know only that there are several.
  return titles.map((title) => `- **Law:** ${title.replace(/%[a-z#$]/gi, "…")} (${link})`);
}

function linkFrom(document: string, path: string): string {
  return posix.relative(posix.dirname(document), path);
}

/** Whether a call other than `describe` has this title as its first argument. */
export function hasTest(source: string, title: string): boolean {
  const escaped = title
    .replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    .replace(/(["'`])/g, String.raw`\\?$1`);
  const call = new RegExp(String.raw`([\w.]+|\))\s*\(\s*(["'\`])${escaped}\2`, "g");
  return [...source.matchAll(call)].some(([, callee]) => !callee?.startsWith("describe"));
}

/** The lines of a file or of one of its regions. */
function linesShown(root: string, path: string, region?: string): string[] | string {
  if (!has(root, path)) return `${path} does not exist: correct the path`;
  const source = readSource(path, read(root, path));
  if (region === undefined) return dedent(source.lines);
  const found = source.regions.get(region);
  return found ? dedent(found.body) : `${path} has no region "${region}": mark it there, or correct the name`;
}

function languageOf(path: string): string {
  const extension = extname(path);
  return languages[extension] ?? extension.slice(1);
}

/** An empty line of context is one space in a diff, which editors and hooks strip; without it the diff reads the same. */
function trimContext(line: string): string {
  return line === " " ? "" : line;
}
