/**
 * The watch of a relay: to which commands has nothing happened for a while? It compares what it sees with what it saw, and
 * counts its own rounds. It reads no clock: those of two machines differ, and one may be set back.
 */
import type { Waiting } from "@shirts/table";

interface Watched {
  readonly seen: Waiting;
  /** Rounds in which nothing has happened. */
  readonly quiet: number;
  /** The copies there were when it last made a step. */
  readonly copiesThen: number;
}

export class Watch {
  readonly #rounds: number;
  #watched: ReadonlyMap<string, Watched> = new Map();

  /** A command is due after so many quiet rounds, and after twice as many with each copy that did not bring it on. */
  constructor(rounds: number) {
    this.#rounds = Math.max(1, rounds);
  }

  /** One round: takes what waits now, and returns what is due. */
  due(waiting: readonly Waiting[]): Waiting[] {
    const watched = new Map<string, Watched>();
    for (const seen of waiting) {
      const { area, revision, world } = seen.command;
      const key = `${area} ${revision} ${world}`;
      watched.set(key, look(this.#watched.get(key), seen));
    }
    this.#watched = watched;
    return [...watched.values()].filter((one) => this.#isDue(one)).map(({ seen }) => seen);
  }

  /** Nobody takes the copies when no node lives: without the doubling a night would fill the queue with them. */
  #isDue({ seen, quiet, copiesThen }: Watched): boolean {
    return quiet >= this.#rounds * 2 ** Math.max(0, seen.copies - copiesThen);
  }
}

function look(before: Watched | undefined, seen: Waiting): Watched {
  const then = before?.seen;
  if (before === undefined || then?.landed !== seen.landed)
    // The first copy is the president's own.
    return { seen, quiet: 0, copiesThen: Math.max(1, seen.copies) };
  const isSame =
    then.copies === seen.copies &&
    then.sendings === seen.sendings &&
    then.attempts === seen.attempts &&
    then.beats === seen.beats;
  return { seen, quiet: isSame ? before.quiet + 1 : 0, copiesThen: before.copiesThen };
}
