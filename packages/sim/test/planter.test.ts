import { readFileSync } from "node:fs";
import { tokens } from "@shirts/planter";
import { describe, expect, test } from "vitest";
import { fileOf, writtenOut } from "../src/cli/slips.ts";
import { workerSource } from "../src/cli/worker-source.ts";
import { plant } from "../src/planter/plant.ts";
import { mutants } from "../src/variants/mutants.ts";
import { variants } from "../src/variants/patches.ts";

const patches = [...variants, ...mutants];
const words = (source: string): string[] => tokens(source).map(({ text }) => text);

test.each(variants)("$name: its worker is the stage's with the patch and nothing else", (variant) => {
  const stale = "write it again with: pnpm sim --slips --update";
  expect(readFileSync(fileOf(variant), "utf8"), stale).toBe(writtenOut(variant));
});

/** Renames a variable wherever it stands; a property of that name keeps it. */
function renamed(source: string, name: string, to: string): string {
  const all = tokens(source);
  const open: string[] = [];
  let text = source;
  const edits: { from: number; text: string }[] = [];
  all.forEach((token, i) => {
    const [before = "", after = ""] = [all[i - 1]?.text, all[i + 1]?.text];
    if (/^[({[]$/.test(token.text)) open.push(token.text);
    if (/^[)}\]]$/.test(token.text)) open.pop();
    if (token.text !== name || [".", "?.", "readonly"].includes(before)) return;
    const isInObject = open.at(-1) === "{" && ["{", ","].includes(before);
    if (isInObject && after === ":") return;
    const isShort = isInObject && [",", "}"].includes(after);
    edits.push({ from: token.from, text: isShort ? `${name}: ${to}` : to });
  });
  for (const edit of edits.reverse())
    text = text.slice(0, edit.from) + edit.text + text.slice(edit.from + name.length);
  return text;
}

/** One token a line, and no comment but the region markers. */
function reformatted(source: string): string {
  const markers = [...source.matchAll(/\/\/ #.*/g)].map((match) => ({ from: match.index, text: match[0] }));
  return [...tokens(source), ...markers]
    .sort((a, b) => a.from - b.from)
    .map(({ text }) => `${text}\n`)
    .join("");
}

describe.each(["v1", "v2", "v3", "v4"])("%s's worker", (stage) => {
  const source = workerSource(stage);
  const mine = patches.filter(({ from }) => from === stage);
  const declared = [...source.matchAll(/\b(?:const|let) (\w+)|(\w+): [A-Z]\w*[,)<]|const \{([^}]*)\}/g)];
  const locals = new Set(
    declared.flatMap(([, one = "", parameter = "", several = ""]) => [
      one,
      parameter,
      ...several.split(",").map((property) => property.replace(/^.*:/, "").trim()),
    ]),
  );
  locals.delete("");

  test.each([...locals])("the name of its variable %s does not matter to a patch", (name) => {
    const other = renamed(source, name, `${name}Renamed`);
    expect(words(other)).not.toEqual(words(source));
    for (const patch of mine) {
      const back = plant(other, patch)
        .replaceAll(/\b(\w+): \1Renamed\b/g, "$1")
        .replaceAll("Renamed", "");
      expect(words(back)).toEqual(words(plant(source, patch)));
    }
  });

  test("its white space and comments do not matter to a patch", () => {
    for (const patch of mine)
      expect(words(plant(reformatted(source), patch))).toEqual(words(plant(source, patch)));
  });
});

describe("a patch that does not fit is an error, not a worker without a fault", () => {
  const source = workerSource("v1");
  const fits =
    (region: string, find: string, put = "") =>
    () =>
      plant(source, { name: "x", from: "v1", edits: [{ region, find, put }] });

  test.each([
    [
      fits("dowork", "$job.nack();"),
      `"x" does not fit v1's worker: in its region "dowork" this comes 0 times, not once: $job.nack();`,
    ],
    [
      fits("dowork", "await\n$call"),
      `"x" does not fit v1's worker: in its region "dowork" this comes 2 times, not once: await $call`,
    ],
    [fits("cancel", "$job.ack();"), `"x" does not fit v1's worker: it has no region "cancel"`],
    [
      fits("dowork", "$job.ack();", "$jobs.close();"),
      `"x" does not fit v1's worker: $jobs stands for nothing`,
    ],
  ])("%#", (planting, line) => {
    expect(planting).toThrow(new Error(line));
  });
});
