/** The program on the screen, key by key, on a terminal of the test. */
import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { catalog, type Entry, sourceOf } from "../src/catalog.ts";
import { begin } from "./begin.ts";
import { emptyFolder, entryOf, GIVEN, put, SOLUTION, twoSources } from "./folder.ts";
import { HANGS, judgePid } from "./hangs.ts";

/** Each save is a process that judges it. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

const given = readFileSync(GIVEN, "utf8");

test("the first screen says what to do, in which file, how far one is, and what is wrong", async () => {
  const { screen, file } = begin();
  await screen.says("NOT YET");
  const text = stripVTControlCharacters(screen.text);
  expect(text).toMatch(/0 of \d+ done/);
  for (const chapter of catalog.chapters) expect(text).toMatch(new RegExp(`${chapter}\\s0/`));
  expect(text.replace(/\s+/g, " ")).toContain(twoSources.exercise.task.replace(/\s+/g, " "));
  expect(text).toContain("select/two-sources.ts");
  expect(text).toContain("Your program prints:\n  P1\n  both are closed");
  expect(readFileSync(file, "utf8")).toBe(given);
});

test("each save is judged, also when an editor saves by a new file of the same name", async () => {
  const { screen, file, progress } = begin();
  await screen.says("NOT YET");
  copyFileSync(SOLUTION, file);
  await screen.says("KEPT");
  expect(progress.read().done).toEqual(["select/two-sources"]);
  writeFileSync(`${file}.new`, given.replace("if (!it.ok) break;", "if (!it.ok brek;"));
  renameSync(`${file}.new`, file);
  await screen.says(/two-sources\.ts:\d+:\s+it\s+is\s+no\s+TypeScript\s+yet/);
  // What was done once stays done.
  expect(progress.read().done).toEqual(["select/two-sources"]);
});

inCi("a save in the middle of a judgement ends it, and the newer text is judged (in CI)", async () => {
  const folder = emptyFolder();
  put(folder, "select/two-sources.ts", HANGS(folder));
  const { screen, file } = begin(folder);
  await judgePid(folder);
  copyFileSync(SOLUTION, file);
  await screen.says("KEPT");
});

test("h shows one hint more, up to the third, and they are kept", async () => {
  const { screen, progress } = begin();
  const [first, , third] = twoSources.exercise.hints;
  const words = (text: string) =>
    new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "\\s+"));
  screen.press("h");
  await screen.says(words(`Hint 1: ${first}`));
  expect(screen.text).not.toContain("Hint 2");
  screen.press("h", "h");
  await screen.says(words(`Hint 3: ${third}`));
  screen.press("h");
  await screen.says("There are no more hints.");
  expect(progress.read().hints).toEqual({ "select/two-sources": 3 });
});

test("s shows how the file differs from a solution, with signs and not with colours alone, and changes nothing", async () => {
  const { screen, file } = begin();
  await screen.says("NOT YET");
  screen.press("s");
  await screen.says("- your file   + a solution");
  const lines = stripVTControlCharacters(screen.text).split("\n");
  expect(lines).toContain("-    if (!it.ok) break;");
  expect(lines.some((line) => line.startsWith("+    else if (it.case"))).toBe(true);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  screen.press("x");
  await screen.says("NOT YET");
  expect(readFileSync(file, "utf8")).toBe(given);
});

inCi("r asks first, and keeps a copy of what was there (in CI)", async () => {
  const { screen, file, folder } = begin();
  await screen.says("NOT YET");
  writeFileSync(file, "// mine\n");
  screen.press("r");
  await screen.says("y: yes");
  screen.press("n");
  await screen.says("NOT YET");
  expect(readFileSync(file, "utf8")).toBe("// mine\n");
  screen.press("r", "y");
  await screen.says("two-sources.before-1.ts");
  expect(readFileSync(file, "utf8")).toBe(given);
  writeFileSync(file, "// mine again\n");
  screen.press("r", "y");
  await screen.says("two-sources.before-2.ts");
  expect(
    ["1", "2"].map((n) => readFileSync(join(folder, `select/two-sources.before-${n}.ts`), "utf8")),
  ).toEqual(["// mine\n", "// mine again\n"]);
});

inCi("n goes on, l chooses, and the program begins again where it was (in CI)", async () => {
  const { screen, progress } = begin();
  await screen.says("NOT YET");
  const next = catalog.entries[catalog.entries.indexOf(twoSources) + 1] as Entry;
  screen.press("n");
  await screen.says(next.name);
  expect(progress.read().current).toBe(next.id);
  screen.press("l");
  await screen.says("up, down, Enter: choose");
  expect(stripVTControlCharacters(screen.text)).toContain(`>   [ ] ${next.name}`);
  screen.press("up", "enter");
  await screen.says("select/two-sources.ts");
  expect(progress.read().current).toBe("select/two-sources");
});

inCi("Enter plays: the moves that won are written into the file, and they keep the law (in CI)", async () => {
  const folder = emptyFolder();
  const { screen } = begin(folder, entryOf("two-nodes/last-to-paint"));
  await screen.says("NOT YET");
  screen.press("enter");
  await screen.says("You are the scheduler of v1: move 1");
  screen.press("h");
  await screen.says("Next: the president commands BLUE");
  screen.press("2", "2");
  await screen.says("Everybody wears BLUE");
  screen.press("h");
  await screen.says("Undo 1 move.");
  screen.press("r", "1", "2", "2");
  await screen.says("PURPLE WINS, in 3 moves");
  screen.press("enter");
  await screen.says("KEPT");
  expect(readFileSync(join(folder, "two-nodes/last-to-paint.ts"), "utf8")).toContain(
    '  "command 1", // the president commands BLUE\n  "pace n2 1", // n2 takes a step, BLUE, person 1\n',
  );
});

inCi("a game that is left changes nothing (in CI)", async () => {
  const entry = entryOf("two-nodes/last-to-paint");
  const folder = emptyFolder();
  const { screen } = begin(folder, entry);
  screen.press("enter");
  await screen.says("What happens next?");
  screen.press("1", "q");
  await screen.says("NOT YET");
  expect(readFileSync(join(folder, "two-nodes/last-to-paint.ts"), "utf8")).toBe(
    readFileSync(sourceOf(entry, "given"), "utf8"),
  );
});

test("q ends it, and so does a terminal that is gone", async () => {
  const one = begin();
  one.screen.press("q");
  await one.ended;
  const two = begin();
  two.screen.press("p");
  two.screen.hangUp();
  await two.ended;
});
