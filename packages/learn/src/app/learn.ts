/**
 * The program on the screen: one loop over keys, saves and judgements. The file on the screen is watched, and judged after each
 * save; a save in the middle of a judgement ends it, and the newer text is judged.
 */
import { readFileSync } from "node:fs";
import { chan, go, type RecvChan, receiving, select } from "@shirts/chan";
import chalk from "chalk";
import { type Catalog, type Entry, sourceOf } from "../catalog.ts";
import type { Mine } from "../files/mine.ts";
import type { Progress, ProgressFile } from "../files/progress.ts";
import { type Judged, judgeFile } from "../judge/judge-file.ts";
import { doneIn } from "../list.ts";
import { choose, isYes, page } from "./dialogs.ts";
import { exerciseView } from "./exercise-view.ts";
import { pageOf, predict, questionsOf } from "./predict.ts";
import type { Screen } from "./screen.ts";
import { diffLines } from "./solution.ts";
import { watchSaves } from "./watch-file.ts";

export interface Setting {
  readonly catalog: Catalog;
  readonly mine: Mine;
  readonly progress: ProgressFile;
  readonly screen: Screen;
  /** What is to be said on the first screen. */
  readonly note?: string | undefined;
}

/** Shows one exercise after the other, `first` first. Returns when the reader quits or the terminal is gone. */
export async function learn(setting: Setting, first: Entry): Promise<void> {
  let note = setting.note;
  for (let entry: Entry | undefined = first; entry; ) {
    const desk = new Desk(setting, entry, note);
    note = undefined;
    entry = await desk.work();
  }
}

/** One exercise on the screen. */
class Desk {
  readonly #setting: Setting;
  readonly #entry: Entry;
  readonly #judgements = chan<{ readonly judged: Judged; readonly by: AbortController }>();
  #note: string | undefined;
  #judged: Judged | undefined;
  /** Ends the judgement that runs. */
  #running: AbortController | undefined;

  constructor(setting: Setting, entry: Entry, note: string | undefined) {
    this.#setting = setting;
    this.#entry = entry;
    this.#note = note ?? this.#welcome();
  }

  /** Resolves to the exercise that is to be shown next; undefined: none. */
  async work(): Promise<Entry | undefined> {
    const { mine, progress, screen } = this.#setting;
    progress.change((now) => ({ ...now, current: this.#entry.id }));
    mine.begin(this.#entry);
    const { saves, close } = watchSaves(mine.fileOf(this.#entry));
    this.#judge();
    try {
      return await this.#loop(saves, screen);
    } finally {
      close();
      this.#running?.abort();
    }
  }

  async #loop(saves: RecvChan<true>, screen: Screen): Promise<Entry | undefined> {
    for (;;) {
      this.#draw();
      const it = await select({
        key: receiving(screen.keys),
        saved: receiving(saves),
        judged: receiving(this.#judgements),
      });
      switch (it.case) {
        case "key": {
          if (!it.ok || it.value === "q" || it.value === "ctrl-d") return undefined;
          const next = await this.#onKey(it.value);
          if (next) return next;
          break;
        }
        case "saved":
          this.#judge();
          break;
        case "judged":
          // A newer text may have been saved while this judgement waited to be told.
          if (it.ok && it.value.by === this.#running) this.#onJudged(it.value.judged);
          break;
      }
    }
  }

  #judge(): void {
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    go(async () => {
      const judged = await judgeFile(this.#entry, this.#setting.mine.fileOf(this.#entry), mine.signal);
      if (judged) await this.#judgements.send({ judged, by: mine });
    });
  }

  #onJudged(judged: Judged): void {
    this.#judged = judged;
    this.#running = undefined;
    if (!judged.complaint) this.#setting.progress.addDone(this.#entry.id);
  }

  /** Resolves to another exercise when the key leads there. */
  async #onKey(key: string): Promise<Entry | undefined> {
    if (key !== "resize") this.#note = undefined;
    switch (key) {
      case "h":
        this.#hint();
        break;
      case "s":
        await this.#solution();
        break;
      case "n":
        return this.#next();
      case "l":
        return await this.#choose();
      case "p":
        await predict(this.#setting.screen, this.#entry.chapter, this.#setting.progress);
        break;
      case "r":
        await this.#reset();
        break;
      case "enter":
        await this.#play();
        break;
    }
    return undefined;
  }

  #hint(): void {
    const { id, exercise } = this.#entry;
    const count = this.#progress.hints[id] ?? 0;
    if (count >= exercise.hints.length) this.#note = "There are no more hints. s shows a solution.";
    else this.#setting.progress.change((now) => ({ ...now, hints: { ...now.hints, [id]: count + 1 } }));
  }

  async #solution(): Promise<void> {
    const { mine, screen } = this.#setting;
    mine.begin(this.#entry);
    const solution = readFileSync(sourceOf(this.#entry, "solution"), "utf8");
    await page(screen, diffLines(mine.read(this.#entry), solution, screen.columns));
  }

  #next(): Entry | undefined {
    const { entries } = this.#setting.catalog;
    const next = entries[entries.indexOf(this.#entry) + 1];
    if (!next) this.#note = "This is the last exercise. l lists all of them.";
    return next;
  }

  async #choose(): Promise<Entry | undefined> {
    const { catalog, screen } = this.#setting;
    const progress = this.#progress;
    const rows = catalog.chapters.flatMap((chapter) => [
      { text: chalk.bold(`${chapter}  ${doneIn(catalog, chapter, progress).join(" of ")}`) },
      ...catalog.entries
        .filter((entry) => entry.chapter === chapter)
        .map((entry) => ({
          text: `  [${progress.done.includes(entry.id) ? "x" : " "}] ${entry.name}`,
          value: entry,
        })),
    ]);
    const chosen = await choose(screen, rows, (entry) => entry === this.#entry);
    return chosen === this.#entry ? undefined : chosen;
  }

  async #reset(): Promise<void> {
    const { mine, screen } = this.#setting;
    const file = mine.shownFileOf(this.#entry);
    const question = [
      `Write ${file} as it was given?`,
      "A copy of yours is kept.",
      "",
      "y: yes   any other key: no",
    ];
    if (await isYes(screen, question)) this.#replace();
  }

  async #play(): Promise<void> {
    const { play } = this.#entry.exercise;
    if (!play) return;
    const { mine, screen } = this.#setting;
    mine.begin(this.#entry);
    const { columns, keys, show } = screen;
    const text = await play({ text: mine.read(this.#entry), columns, keys, show });
    if (text !== undefined) this.#replace(text);
  }

  #replace(text?: string): void {
    const copy = this.#setting.mine.replace(this.#entry, text);
    this.#note = copy === undefined ? "It is written." : `It is written. What was there is kept as ${copy}`;
  }

  get #progress(): Progress {
    return this.#setting.progress.read();
  }

  /** Before a chapter's first exercise its predictions are offered, once they have not been made. */
  #welcome(): string | undefined {
    const { chapter, place } = this.#entry;
    const answers = this.#progress.predictions[chapter] ?? [];
    if (place > 1 || answers.length >= questionsOf(chapter).length) return undefined;
    return `A new chapter: ${pageOf(chapter)}. Before you read its answers, p asks for your predictions.`;
  }

  #draw(): void {
    const { catalog, mine, screen } = this.#setting;
    const shown = {
      catalog,
      progress: this.#progress,
      entry: this.#entry,
      file: mine.shownFileOf(this.#entry),
      judged: this.#judged,
      isJudging: this.#running !== undefined,
      note: this.#note,
    };
    screen.show(exerciseView(shown, screen));
  }
}
