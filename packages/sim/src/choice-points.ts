/**
 * All ways through a story, depth first, by replay. A run follows the choices of the path so far, and from there on takes the
 * first way each time. The next run differs at the last choice point that has an untried way.
 *
 * Invariants:
 * 1. Each way of each choice point is walked exactly once, or counted through an equal state (2).
 * 2. Two choice points with the same key have the same future, so the second one takes over the counts of the first. The key
 *    holds everything that can make a difference, whole, not hashed: the counts are exact.
 */

/** What lies behind a choice point. */
export interface Count {
  /** Ways to an end of the story. */
  readonly ways: number;
  /** Ways to a wrong end. */
  readonly wrong: number;
  /** The shortest way to a wrong end: how many events, and what to choose at each choice point. */
  readonly shortest: { readonly events: number; readonly choices: readonly number[] } | undefined;
}

interface ChoicePoint {
  readonly key: string | undefined;
  readonly ways: number;
  /** How many events came before it. */
  readonly events: number;
  taken: number;
  count: Count;
}

const NOTHING: Count = { ways: 0, wrong: 0, shortest: undefined };

export class Walk {
  /** How many different states were met. */
  states = 0;
  /** How many runs it took. */
  runs = 0;
  private readonly isMerging: boolean;
  private readonly known = new Map<string, Count>();
  private readonly path: ChoicePoint[] = [];
  private depth = 0;
  private merged: Count | undefined;

  constructor(isMerging: boolean) {
    this.isMerging = isMerging;
  }

  /** Which of `ways` to take. Undefined when the future from here is known, so the run may end. Asks for `key` at a new place only. */
  choose(ways: number, events: number, key: (() => string) | undefined): number | undefined {
    if (ways === 1) return 0;
    const place = this.path[this.depth];
    this.depth++;
    if (place) return place.taken;
    const name = this.isMerging ? key?.() : undefined;
    this.merged = name === undefined ? undefined : this.known.get(name);
    if (this.merged) return undefined;
    this.states++;
    this.path.push({ key: name, ways, events, taken: 0, count: NOTHING });
    return 0;
  }

  /** Ends a run, at an end of the story or where `choose` said so. Returns the whole count when all ways are walked, else undefined. */
  end(events: number, end: "right" | "wrong" | "no story"): Count | undefined {
    this.runs++;
    this.depth = 0;
    let count = this.merged ?? atTheEnd(end);
    let at = events;
    this.merged = undefined;
    for (let place = this.path.at(-1); place; place = this.path.at(-1)) {
      place.count = add(place.count, count, place.taken, at - place.events);
      place.taken++;
      if (place.taken < place.ways) return undefined;
      count = place.count;
      at = place.events;
      if (place.key !== undefined) this.known.set(place.key, count);
      this.path.pop();
    }
    return count;
  }
}

function atTheEnd(end: "right" | "wrong" | "no story"): Count {
  if (end === "no story") return NOTHING;
  if (end === "right") return { ways: 1, wrong: 0, shortest: undefined };
  return { ways: 1, wrong: 1, shortest: { events: 0, choices: [] } };
}

function add(sum: Count, way: Count, choice: number, events: number): Count {
  const found = way.shortest && {
    events: way.shortest.events + events,
    choices: [choice, ...way.shortest.choices],
  };
  const isBetter = found && (!sum.shortest || found.events < sum.shortest.events);
  const ways = sum.ways + way.ways;
  if (!Number.isSafeInteger(ways))
    throw new RangeError("there are more interleavings than a number can count: take a smaller story");
  return { ways, wrong: sum.wrong + way.wrong, shortest: isBetter ? found : sum.shortest };
}
