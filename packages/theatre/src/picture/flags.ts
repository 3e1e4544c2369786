/** Where flags stand that are wanted at places near each other: no flag covers another one, as long as there is room. Pure. */

export interface Wanted {
  /** The middle of the flag, where it would stand alone. */
  readonly x: number;
  /** Half of its width. */
  readonly half: number;
}

export interface Standing {
  readonly x: number;
  /** From 0, which is the lowest. */
  readonly lane: number;
}

const GAP = 3;

/** `flags` from left to right, in so many lanes, each of which reaches from `from` to `to`. */
export function standing(flags: readonly Wanted[], lanes: number, from: number, to: number): Standing[] {
  const rows: { readonly nth: number; readonly half: number; x: number }[][] = Array.from(
    { length: Math.max(1, lanes) },
    () => [],
  );
  const endOf = (row: (typeof rows)[number]): number => {
    const last = row.at(-1);
    return last ? last.x + last.half + GAP : from;
  };
  flags.forEach(({ x, half }, nth) => {
    const fitting = rows.find((row) => endOf(row) <= x - half);
    const row = fitting ?? rows.reduce((best, one) => (endOf(one) < endOf(best) ? one : best));
    row.push({ nth, half, x: Math.max(x, endOf(row) + half) });
  });
  for (const row of rows) pushBack(row, from, to);
  const found = new Map(rows.flatMap((row, lane) => row.map(({ nth, x }) => [nth, { x, lane }] as const)));
  return flags.map((_, nth) => found.get(nth) as Standing);
}

/** Into the lane, from its right end on. Where all are too many, they share the lane evenly. */
function pushBack(row: { half: number; x: number }[], from: number, to: number): void {
  let end = to;
  for (const flag of row.toReversed()) {
    flag.x = Math.min(flag.x, end - flag.half);
    end = flag.x - flag.half - GAP;
  }
  const [first] = row;
  if (!first || first.x - first.half >= from) return;
  const pitch = (to - from - 2 * first.half) / Math.max(1, row.length - 1);
  row.forEach((flag, nth) => {
    flag.x = from + first.half + nth * pitch;
  });
}
