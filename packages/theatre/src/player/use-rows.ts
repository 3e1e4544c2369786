/** Keeps the rows of a windowed list at their places: as the reader scrolls, and as another row is selected. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ALL_ROWS, anchorOf, heightOf, type Rows, rowsAt, shareOf } from "./window.ts";

interface Windowed {
  /** What scrolls. */
  readonly box: RefObject<HTMLDivElement | null>;
  /** What holds the rows `shown`, one element each. */
  readonly rows: RefObject<HTMLDivElement | null>;
  readonly shown: Rows;
  readonly onScroll: () => void;
}

/** How far the box is scrolled, and its size. */
interface Place {
  readonly share: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A list of `count` rows. `selected` is brought into sight whenever it is another one; less than 0: the top is. */
export function useRows(count: number, selected: number): Windowed {
  const box = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>({ share: 0, widthPx: 0, heightPx: 0 });
  const shown = rowsAt(place.share, count, place.heightPx);
  const way = Math.max(1, heightOf(count) - place.heightPx);
  const isWhole = count <= ALL_ROWS;

  useLayoutEffect(() => {
    // Also when a closed part of the page is opened, and the box gets its height.
    const sizes = new ResizeObserver(() => {
      const { clientWidth: widthPx = 0, clientHeight: heightPx = 0 } = box.current ?? {};
      setPlace(({ share }) => ({ share, widthPx, heightPx }));
    });
    if (box.current) sizes.observe(box.current);
    return () => sizes.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (!box.current || !rows.current || place.heightPx === 0) return;
    const row = rows.current.children[selected - shown.from];
    if (row && isInSight(row, box.current)) return;
    if (isWhole) box.current.scrollTop = row instanceof HTMLElement ? middleOf(row, place.heightPx) : 0;
    else setPlace((now) => ({ ...now, share: shareOf(selected, count) }));
  }, [selected, place.heightPx]);

  useLayoutEffect(() => {
    if (!box.current || !rows.current || isWhole || place.heightPx === 0) return;
    if (Math.abs(box.current.scrollTop - place.share * way) >= 1) box.current.scrollTop = place.share * way;
    lay(rows.current, shown.from, count, place, way);
  }, [place, count]);

  const onScroll = () => {
    if (!box.current || isWhole) return;
    const { scrollTop } = box.current;
    // Not what was scrolled here, but by the reader.
    if (Math.abs(scrollTop - place.share * way) >= 1)
      setPlace((now) => ({ ...now, share: Math.min(1, scrollTop / way) }));
  };
  return { box, rows, shown, onScroll };
}

function isInSight(row: Element, box: Element): boolean {
  const at = row.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  return at.top >= frame.top && at.bottom <= frame.bottom;
}

/** Scrolled so far, the row is in the middle of the box. */
function middleOf({ offsetTop, offsetHeight }: HTMLElement, heightPx: number): number {
  return offsetTop - (heightPx - offsetHeight) / 2;
}

/** Puts the row at the share of all rows to that share of the box. */
function lay(rows: HTMLElement, from: number, count: number, { share, heightPx }: Place, way: number): void {
  const anchor = anchorOf(share, count);
  const index = Math.min(Math.floor(anchor), count - 1);
  const row = rows.children[index - from];
  if (!(row instanceof HTMLElement)) return;
  const top = share * (way + heightPx) - row.offsetTop - (anchor - index) * row.offsetHeight;
  rows.style.transform = `translateY(${top}px)`;
}
