/**
 * All ways through a story, depth first, by replay. A run follows the choices of the path so far, and from there on takes the
 * first way each time. The next run differs at the last choice point that has an untried way.
 *
 * Invariants:
 * 1. Each way of each choice point is walked exactly once, or counted through an equal state (2).
 * 2. Two choice points with the same key have the same future, so the second one takes over the counts of the first. The key
 *    holds everything that can make a difference, whole, not hashed: the counts are exact.
 * 3. A coin whose two outcomes have the same future is no choice: it counts once. The same future means the same tree of
 *    events, label by label, with the same ends.
 */
import { Futures } from "./futures.ts";

/** How a run ended. */
export interface End {
  /** Everything about it that matters, as text. */
  readonly text: string;
  /** For each law, whether it was broken. */
  readonly broken: readonly boolean[];
}

/** What lies behind a choice point. */
export interface Count {
  /** Ways to an end of the story. */
  readonly ways: number;
  /** For each law, the ways to an end that breaks it. */
  readonly broken: readonly number[];
  /** The shortest way to an end that breaks the law of interest: how many events, and what to choose at each choice point. */
  readonly shortest: { readonly events: number; readonly choices: readonly number[] } | undefined;
}

/** A place where a run can go on in several ways. */
export interface Choice {
  readonly ways: number;
  /** How many events came before it. */
  readonly events: number;
  /** A coin is not an event: it is thrown within one. */
  readonly isCoin: boolean;
  /** The process that throws a coin. */
  readonly by?: string;
  /** The name of a way's event; a coin's outcomes have none. */
  label(way: number): string;
  /** See invariant 2. A coin has none, since a routine is in the middle of its work. */
  key?(): string;
}

/** What lies behind a choice point, and the number of that future. */
interface Known {
  readonly count: Count;
  readonly future: number;
}

/** What lies behind one way: some events without a choice, and then `future`. */
interface Way extends Known {
  readonly events: string;
}

interface ChoicePoint extends Pick<Choice, "ways" | "events" | "isCoin"> {
  readonly key: string | undefined;
  /** The events without a choice that lead to it, since the choice point before it. */
  readonly before: string;
  taken: number;
  label: string;
  count: Count;
  /** What lies behind the ways walked so far. */
  readonly walked: Way[];
}

export class Walk {
  /** How many different states were met. */
  states = 0;
  /** How many runs it took. */
  runs = 0;
  private readonly isMerging: boolean;
  private readonly nothing: Count;
  private readonly law: number;
  private readonly known = new Map<string, Known>();
  private readonly futures = new Futures();
  private readonly path: ChoicePoint[] = [];
  private depth = 0;
  /** The events without a choice since the last choice point. */
  private trail = "";
  private merged: Known | undefined;

  /** `law` is the number of the law of interest among `laws`. */
  constructor(laws: number, law: number, isMerging: boolean) {
    this.isMerging = isMerging;
    this.law = law;
    this.nothing = { ways: 0, broken: new Array<number>(laws).fill(0), shortest: undefined };
  }

  /** Which way to take. Undefined when the future from here is known, so the run may end. Asks for the key at a new place only. */
  choose(choice: Choice): number | undefined {
    const { ways, events, isCoin } = choice;
    if (ways === 1) {
      if (this.depth === this.path.length) this.trail += `${choice.label(0)};`;
      return 0;
    }
    const place = this.path[this.depth];
    this.depth++;
    if (place) {
      if (this.depth === this.path.length) place.label = choice.label(place.taken);
      return place.taken;
    }
    const key = this.isMerging ? choice.key?.() : undefined;
    this.merged = key === undefined ? undefined : this.known.get(key);
    if (this.merged) return undefined;
    this.states++;
    const { nothing: count, trail: before } = this;
    this.path.push({
      key,
      ways,
      events,
      isCoin,
      before,
      taken: 0,
      label: choice.label(0),
      count,
      walked: [],
    });
    this.trail = "";
    return 0;
  }

  /** Ends a run, at an end of the story or where `choose` said so. Returns the whole count when all ways are walked, else undefined. */
  end(events: number, end: End | undefined): Count | undefined {
    this.runs++;
    let way: Way = { ...(this.merged ?? this.atTheEnd(end)), events: this.trail };
    let at = events;
    this.depth = 0;
    this.trail = "";
    this.merged = undefined;
    for (let place = this.path.at(-1); place; place = this.path.at(-1)) {
      const { taken, label } = place;
      place.count = add(place.count, way.count, taken, at - place.events);
      place.walked.push({ ...way, events: `${label};${way.events}` });
      place.taken++;
      if (place.taken < place.ways) return undefined;
      way = this.close(place);
      at = place.events;
      this.path.pop();
    }
    return way.count;
  }

  /** What is counted so far; it grows with each run, up to the whole count. */
  soFar(): Count {
    let { ways, broken } = this.nothing;
    for (const { count, isCoin, taken } of this.path) {
      ways += count.ways;
      broken = broken.map((n, law) => n + (count.broken[law] ?? 0));
      // What a coin's second outcome adds is known when all of it is walked: nothing, when it makes no difference.
      if (isCoin && taken > 0) break;
    }
    return { ways, broken, shortest: undefined };
  }

  /** All ways of `place` are walked. */
  private close(place: ChoicePoint): Way {
    const { isCoin, walked, count, before, key } = place;
    const [heads, tails] = walked as [Way, Way];
    if (isCoin && heads.future === tails.future && heads.events === tails.events)
      return { count: half(count), future: heads.future, events: before + heads.events };
    const text = walked.map(({ events, future }) => `${events}${future}`).join("|");
    const known = { count, future: this.futures.numberOf(isCoin ? `coin|${text}` : text) };
    if (key !== undefined) this.known.set(key, known);
    return { ...known, events: before };
  }

  private atTheEnd(end: End | undefined): Known {
    if (!end) return { count: this.nothing, future: this.futures.numberOf("no story") };
    const shortest = end.broken[this.law] ? { events: 0, choices: [] } : undefined;
    return {
      count: { ways: 1, broken: end.broken.map(Number), shortest },
      future: this.futures.numberOf(`end|${end.text}`),
    };
  }
}

/** The count of a coin that makes no difference: its second outcome adds nothing. */
function half({ ways, broken, shortest }: Count): Count {
  return { ways: ways / 2, broken: broken.map((n) => n / 2), shortest };
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
  const broken = sum.broken.map((n, law) => n + (way.broken[law] ?? 0));
  return { ways, broken, shortest: isBetter ? found : sum.shortest };
}
