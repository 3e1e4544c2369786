/** What a picture shows: who did what, when. A program that ran has written all of it down; nobody types a moment by hand. */
import type { Shirt } from "@shirts/story";

/** One line of the picture, from top to bottom: a routine, a node, a chan. */
export type Lane = string;

/** Something that lasts. `wait` is drawn hollow, `work` full, `frozen` with gaps, and a shirt in its texture. */
export interface Bar {
  readonly lane: Lane;
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: "wait" | "work" | "frozen" | Shirt;
  readonly label?: string;
}

/** Something that happens at one moment. */
export interface Mark {
  readonly lane: Lane;
  readonly atMs: number;
  readonly kind: "good" | "bad" | "note";
  readonly label: string;
}

/** A value or a message on its way. One that is lost ends in a cross. */
export interface Arrow {
  readonly from: Lane;
  readonly to: Lane;
  readonly sentMs: number;
  readonly arrivedMs: number;
  readonly label: string;
  readonly isLost?: boolean;
}

/** What the people wear, step by step: each paint covers one of `steps` parts of the strip. */
export interface People {
  readonly steps: number;
  readonly paints: readonly { readonly atMs: number; readonly step: number; readonly shirt: Shirt }[];
}

export interface Scene {
  readonly title: string;
  /** What one sees, for those who do not see it. */
  readonly alt: string;
  readonly lanes: readonly Lane[];
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
  readonly arrows: readonly Arrow[];
  readonly people?: People;
}

/** When the last thing ends. */
export function endOf({ bars, marks, arrows, people }: Scene): number {
  const moments = [
    ...bars.map(({ toMs }) => toMs),
    ...marks.map(({ atMs }) => atMs),
    ...arrows.map(({ arrivedMs }) => arrivedMs),
    ...(people?.paints ?? []).map(({ atMs }) => atMs),
  ];
  return Math.max(1, ...moments);
}
