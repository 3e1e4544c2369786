/**
 * Which rows of a long list are in the page. Pure.
 *
 * The list is scrolled to a share of its way, from 0 to 1. The row at that share of all rows lies at that share of the box:
 * so the first row begins at the top, the last one ends at the bottom, and no row's height must be known before it is shown.
 */

/** The least height of a row in pixels, as player.css has it. */
export const ROW_PX = 36;
/** Browsers know no taller box. Past it, a pixel of scrolling is more than a pixel of rows. */
const TALLEST_PX = 12_000_000;
/** So few rows are all in the page. */
export const ALL_ROWS = 60;
/** Rows above and below what is in sight: the browser scrolls before it asks. */
const SPARE = 12;

export interface Rows {
  readonly from: number;
  /** Without this one. */
  readonly until: number;
}

/** How tall a list of so many rows is for the scroll bar. */
export function heightOf(count: number): number {
  return Math.min(TALLEST_PX, count * ROW_PX);
}

/** The row that lies at the share, and how much of it is above: 2.5 is the middle of the third one. */
export function anchorOf(share: number, count: number): number {
  return Math.min(Math.max(share, 0), 1) * count;
}

/** The rows that a box of this height shows, and some more. */
export function rowsAt(share: number, count: number, boxPx: number): Rows {
  if (count <= ALL_ROWS) return { from: 0, until: count };
  const anchor = anchorOf(share, count);
  const above = Math.ceil((share * boxPx) / ROW_PX) + SPARE;
  const below = Math.ceil(((1 - share) * boxPx) / ROW_PX) + SPARE;
  return {
    from: Math.max(0, Math.floor(anchor) - above),
    until: Math.min(count, Math.ceil(anchor) + below),
  };
}

/** Scrolled to this share, the whole row is in sight. */
export function shareOf(row: number, count: number): number {
  return count < 2 ? 0 : Math.min(Math.max(row, 0) / (count - 1), 1);
}
