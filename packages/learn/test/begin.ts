/** The program on a terminal of the test. */
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { learn } from "../src/app/learn.ts";
import { catalog, type Entry } from "../src/catalog.ts";
import { Mine } from "../src/files/mine.ts";
import { ProgressFile } from "../src/files/progress.ts";
import { FakeScreen } from "./fake-screen.ts";
import { emptyFolder, twoSources } from "./folder.ts";

/** The program, started at an exercise in a folder. It is quit when the test has ended. */
export function begin(folder = emptyFolder(), first: Entry = twoSources) {
  const screen = new FakeScreen();
  const progress = new ProgressFile(folder, (line) => expect.unreachable(line));
  const ended = learn({ catalog, mine: new Mine(folder), progress, screen }, first);
  onTestFinished(async () => {
    screen.hangUp();
    await ended;
  });
  return { folder, file: join(folder, "select/two-sources.ts"), screen, progress, ended };
}
