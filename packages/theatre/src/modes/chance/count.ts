/** Plays stories and counts the wrong ones. It runs in a Web Worker, or in slices on the page. */
import { runStory, stageOf } from "@shirts/sim";
import { type Axis, POINTS, type Setting, storyAt } from "./setting.ts";
import { type Cell, emptyCell, noted, type Tally } from "./tally.ts";

export interface Plan {
  readonly axis: Axis;
  readonly setting: Setting;
  readonly stages: readonly string[];
  /** Stories for each stage at each point. */
  readonly stories: number;
}

export interface Surroundings {
  /** Takes what is counted so far; after each seed of all points, and so never more than some times a second. */
  readonly tell: (tally: Tally) => void;
  /** Awaited before each story; false ends the count. */
  readonly mayGoOn: () => boolean | Promise<boolean>;
}

/**
 * Goes on from `tally` until each cell has its stories. All cells have the same seeds, round by round, so that the curve
 * is there at once and becomes more certain. Resolves when it is over or ended.
 */
export async function count(
  { axis, setting, stages, stories }: Plan,
  tally: Tally,
  { tell, mayGoOn }: Surroundings,
): Promise<void> {
  const cells: Cell[][] = tally.map((row) => [...row]);
  const played = stages.map(stageOf);
  const plans = Array.from({ length: POINTS }, (_, point) => storyAt(setting, axis, point));
  for (let seed = 1; seed <= stories; seed++) {
    for (const [row, stage] of played.entries())
      for (const [point, story] of plans.entries()) {
        const cell = cells[row]?.[point] ?? emptyCell;
        if (cell.stories >= seed) continue;
        if (!(await mayGoOn())) return tell(cells);
        const { broken } = await runStory(stage, story, seed);
        (cells[row] as Cell[])[point] = noted(cell, "last command wins" in broken);
      }
    tell(cells.map((row) => [...row]));
  }
}
