/** What the stories came to: for each stage and each point of the axis, how many were wrong. */

/** One stage at one point. Its seeds are 1, 2, 3 and so on, so the number of stories says which were played. */
export interface Cell {
  readonly stories: number;
  readonly wrong: number;
  /** The first seed that ended wrong, and the first that ended right. */
  readonly wrongSeed?: number;
  readonly rightSeed?: number;
}

/** By stage, then by point. */
export type Tally = readonly (readonly Cell[])[];

export const emptyCell: Cell = { stories: 0, wrong: 0 };

export function emptyTally(stages: number, points: number): Tally {
  return Array.from({ length: stages }, () => Array<Cell>(points).fill(emptyCell));
}

/** The cell with one more story, of the seed that is next. */
export function noted(cell: Cell, isWrong: boolean): Cell {
  const seed = cell.stories + 1;
  return isWrong
    ? { ...cell, stories: seed, wrong: cell.wrong + 1, wrongSeed: cell.wrongSeed ?? seed }
    : { ...cell, stories: seed, rightSeed: cell.rightSeed ?? seed };
}

export function storiesOf(tally: Tally): number {
  return tally.flat().reduce((sum, { stories }) => sum + stories, 0);
}

export interface Share {
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

/** The 97.5th percentile of the normal distribution: 95 of 100 such intervals hold the true share. */
const Z = 1.959964;

/**
 * The share of wrong stories, and the interval that it may lie in (Wilson's, which stays within 0 and 1 and is honest at
 * 0 of n: never wrong in 300 stories is not the same as never). Undefined before the first story.
 */
export function shareOf({ stories, wrong }: Cell): Share | undefined {
  if (stories === 0) return undefined;
  const share = wrong / stories;
  const square = Z * Z;
  const middle = share + square / (2 * stories);
  const reach = Z * Math.sqrt((share * (1 - share)) / stories + square / (4 * stories * stories));
  const scale = 1 + square / stories;
  return {
    share,
    from: wrong === 0 ? 0 : Math.max(0, (middle - reach) / scale),
    to: wrong === stories ? 1 : Math.min(1, (middle + reach) / scale),
  };
}
