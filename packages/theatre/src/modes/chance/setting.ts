/** Which stories are played: two commands for one area, PURPLE and then BLUE, and one value that goes along the axis. */
import type { Story } from "@shirts/sim";

/** Everything that makes a story, in sight and in the link. */
export interface Setting {
  readonly nodes: number;
  /** One step paints one. */
  readonly people: number;
  /** Between the two commands. */
  readonly gapMs: number;
  /** A message takes 1 to so many milliseconds. */
  readonly latencyMs: number;
  /** One step of n1. */
  readonly paceMs: number;
  /** One step of n2, in percent of n1's. */
  readonly ratio: number;
}

export const SETTING: Setting = { nodes: 2, people: 10, gapMs: 20, latencyMs: 10, paceMs: 10, ratio: 50 };

/** From, to and step of each value, as its field has them. */
export const RANGES = {
  nodes: [1, 4, 1],
  people: [1, 40, 1],
  gapMs: [0, 240, 1],
  latencyMs: [1, 100, 1],
  paceMs: [1, 40, 1],
  ratio: [10, 400, 10],
} as const satisfies Record<keyof Setting, readonly [min: number, max: number, step: number]>;

export const axes = ["gap", "network", "ratio"] as const;

export type Axis = (typeof axes)[number];

/** What an axis changes, where it begins, and how far it is from one point to the next. */
export const AXES: Readonly<
  Record<Axis, { readonly field: keyof Setting; readonly from: number; readonly step: number }>
> = {
  gap: { field: "gapMs", from: 0, step: 5 },
  network: { field: "latencyMs", from: 1, step: 3 },
  ratio: { field: "ratio", from: 20, step: 10 },
};

export const POINTS = 25;

/** The value at a point of the axis, counted from 0. */
export function valueAt(axis: Axis, point: number): number {
  return AXES[axis].from + AXES[axis].step * point;
}

/** The point of the axis that is nearest to a value. */
export function pointAt(axis: Axis, value: number): number {
  const { from, step } = AXES[axis];
  return Math.min(POINTS - 1, Math.max(0, Math.round((value - from) / step)));
}

/** The story at a point; with a seed it is one run. */
export function storyAt(setting: Setting, axis: Axis, point: number): Story {
  const { nodes, people, gapMs, latencyMs, paceMs, ratio }: Setting = {
    ...setting,
    [AXES[axis].field]: valueAt(axis, point),
  };
  const paces = [paceMs, Math.max(1, Math.round((paceMs * ratio) / 100))];
  return {
    steps: people,
    latencyMs,
    nodes: Array.from({ length: nodes }, (_, node) => ({ paceMs: paces[node] ?? paceMs })),
    commands: [
      { atMs: 0, area: "north-america", shirt: "purple" },
      { atMs: gapMs, area: "north-america", shirt: "blue" },
    ],
    faults: [],
  };
}
