/** What the mode holds. It stays when one goes to another mode and comes back; the count stops meanwhile. */
import { batch, signal } from "@preact/signals";
import type { Value } from "../../link/link.ts";
import { text } from "../../text.ts";
import { start } from "./run.ts";
import { AXES, type Axis, POINTS, pointAt, SETTING, type Setting } from "./setting.ts";
import { emptyTally, type Tally } from "./tally.ts";

/** The stages of the chapters. */
export const shownStages = ["v1", "v2", "v3", "v4"] as const;
/** For each stage at each point. */
export const STORIES = 500;

const empty = emptyTally(shownStages.length, POINTS);

export const setting = signal<Setting>(SETTING);
export const axis = signal<Axis>("gap");
/** The point that is looked at. */
export const mark = signal(pointAt("gap", SETTING.gapMs));
export const tally = signal<Tally>(empty);
export const progress = signal<"new" | "running" | "stopped" | "done">("new");
/** One line about how it goes, beside the progress. */
export const notice = signal("");

let end: (() => void) | undefined;

export function play(): void {
  end?.();
  const isOver = progress.value === "done";
  batch(() => {
    progress.value = "running";
    notice.value = "";
    if (isOver) tally.value = empty;
  });
  const plan = { axis: axis.value, setting: setting.value, stages: shownStages, stories: STORIES };
  end = start(
    { plan, tally: tally.value },
    {
      tell: (told) => {
        tally.value = told;
      },
      done: () => {
        progress.value = "done";
      },
      onPage: (why) => {
        notice.value = text.chance.onPage[why];
      },
      failed: (error) => {
        stop();
        notice.value = text.chance.failed(error.message);
      },
    },
  );
}

/** Ends the count. What is counted stays, and `play` goes on from there. */
export function stop(): void {
  end?.();
  end = undefined;
  if (progress.value === "running") progress.value = "stopped";
}

/** Other stories: what was counted is of the old ones, so it begins anew. */
export function change(to: { readonly axis?: Axis; readonly setting?: Partial<Setting> }): void {
  const isRunning = progress.value === "running";
  stop();
  batch(() => {
    const before = setting.value[AXES[axis.value].field];
    setting.value = { ...setting.value, ...to.setting };
    axis.value = to.axis ?? axis.value;
    const after = setting.value[AXES[axis.value].field];
    if (to.axis !== undefined || before !== after) mark.value = pointAt(axis.value, after);
    tally.value = empty;
    progress.value = "new";
  });
  if (isRunning) play();
}

export function toLink(): Value<"chance"> {
  return { axis: axis.value, mark: mark.value, setting: setting.value };
}

export function fromLink(value: Value<"chance">): void {
  stop();
  batch(() => {
    change({ axis: value.axis, setting: value.setting });
    mark.value = value.mark;
  });
}
