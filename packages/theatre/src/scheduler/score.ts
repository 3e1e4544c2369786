/** The medals: for each level the fewest moves in which this browser's reader has won it. */
import { levelIds } from "@shirts/sim/scheduler";

const KEY = "scheduler";

export type Score = Readonly<Record<string, number>>;

/** What is kept. A browser that keeps nothing, or something else, gives an empty score. */
export function readScore(storage: Pick<Storage, "getItem"> | undefined = storageOf()): Score {
  let kept: unknown;
  try {
    kept = JSON.parse(storage?.getItem(KEY) ?? "{}");
  } catch {
    // Storage may be forbidden, and its text may be anybody's.
    return {};
  }
  if (typeof kept !== "object" || kept === null) return {};
  const known: Record<string, number> = {};
  for (const id of levelIds) {
    const moves: unknown = Object.hasOwn(kept, id) ? (kept as Record<string, unknown>)[id] : undefined;
    if (typeof moves === "number" && Number.isInteger(moves) && moves >= 0) known[id] = moves;
  }
  return known;
}

/** The score with one more win, kept if the browser can keep it. */
export function addWin(
  score: Score,
  id: string,
  moves: number,
  storage: Pick<Storage, "setItem"> | undefined = storageOf(),
): Score {
  const best = Math.min(moves, score[id] ?? Number.POSITIVE_INFINITY);
  const next = { ...score, [id]: best };
  try {
    storage?.setItem(KEY, JSON.stringify(next));
  } catch {
    // Forbidden or full: the score lasts as long as the page.
  }
  return next;
}

function storageOf(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    // A browser may refuse even to name it.
    return undefined;
  }
}
