/** Which rows of a long list are in the page. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL_ROWS, anchorOf, heightOf, ROW_PX, rowsAt, shareOf } from "../../src/player/window.ts";

const counts = fc.oneof(
  fc.integer({ min: ALL_ROWS + 1, max: 300 }),
  fc.integer({ min: 301, max: 2_000_000 }),
);
const shares = fc.double({ min: 0, max: 1, noNaN: true });
const boxes = fc.integer({ min: 0, max: 1000 });

/** Where a row's edges lie in the box, when each row from the first one shown has its own height. */
function edgesOf(
  row: number,
  share: number,
  count: number,
  boxPx: number,
  heightAt: (row: number) => number,
) {
  const anchor = anchorOf(share, count);
  const at = Math.min(Math.floor(anchor), count - 1);
  let top = share * boxPx - (anchor - at) * heightAt(at);
  for (let other = at; other < row; other++) top += heightAt(other);
  for (let other = at; other > row; other--) top -= heightAt(other - 1);
  return { top, bottom: top + heightAt(row) };
}

/** Rows of one to four lines. */
const heightAt = (row: number) => ROW_PX + 20 * (((row * 7919) % 11) % 4);

describe("the window of a long list", () => {
  test("is full from the top of the box to its bottom, whatever the rows' heights, and small", () => {
    fc.assert(
      fc.property(counts, shares, boxes, (count, share, boxPx) => {
        const { from, until } = rowsAt(share, count, boxPx);
        const top = edgesOf(from, share, count, boxPx, heightAt).top;
        const { bottom } = edgesOf(until - 1, share, count, boxPx, heightAt);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(until).toBeLessThanOrEqual(count);
        // A list that ends within the box is no list of more rows than a box holds.
        if (count * ROW_PX >= boxPx) {
          expect(top).toBeLessThanOrEqual(0.001);
          expect(bottom).toBeGreaterThanOrEqual(boxPx - 0.001);
        }
        expect(until - from).toBeLessThanOrEqual(boxPx / ROW_PX + 30);
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  test("a row whose share it is scrolled to is whole in sight", () => {
    fc.assert(
      fc.property(counts, shares, fc.integer({ min: 100, max: 1000 }), (count, where, boxPx) => {
        const row = Math.floor(where * (count - 1));
        const share = shareOf(row, count);
        const { from, until } = rowsAt(share, count, boxPx);
        const { top, bottom } = edgesOf(row, share, count, boxPx, heightAt);
        expect(row >= from && row < until).toBe(true);
        expect(top).toBeGreaterThanOrEqual(-0.01);
        expect(bottom).toBeLessThanOrEqual(boxPx + 0.01);
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  test("a short list is whole, and no list is taller than a browser can scroll", () => {
    expect(rowsAt(0.5, ALL_ROWS, 400)).toEqual({ from: 0, until: ALL_ROWS });
    expect(heightOf(100)).toBe(100 * ROW_PX);
    // Firefox's boxes end at 17.8 million pixels.
    expect(heightOf(1_000_000)).toBeLessThan(17_800_000);
  });
});
