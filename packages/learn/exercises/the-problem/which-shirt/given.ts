/**
 * Two soldiers and ten people, one step for each. Predict what everybody wears in the end.
 *
 *     PURPLE is commanded at 0 ms, and its soldier needs 30 ms for a step: he paints at 30, 60, 90, ... 300 ms
 *     BLUE is commanded at 95 ms, and its soldier needs 10 ms for a step: he paints at 105, 115, 125, ... 195 ms
 */

/** One letter for each person, from the first to the last: P or B. */
export const bar: string = "PPPPPPPPPP";
