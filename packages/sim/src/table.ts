/**
 * A model of the table: the people of an area, one per step, and the row that holds the area's newest revision.
 * A step is one transaction: it happens at one instant, or not at all.
 */
import {
  type Area,
  type AreaVerdict,
  type Colour,
  type Command,
  type Shirt,
  type Wardrobe,
  wrongPeople,
} from "@shirts/story";

interface AreaRow {
  readonly people: Shirt[];
  newest: Command | undefined;
  /** How many steps of each revision are done, counted from the first. */
  readonly progress: Map<number, number>;
  stale: number;
  refused: number;
}

export class Table {
  private readonly rows = new Map<Area, AreaRow>();
  private readonly steps: number;

  constructor(steps: number) {
    this.steps = steps;
  }

  /** Accepts a command of the president: from here on it is the newest of its area. */
  accept(command: Command): void {
    this.row(command.area).newest = command;
  }

  isStale({ area, revision }: Command): boolean {
    return revision < (this.row(area).newest?.revision ?? 0);
  }

  /** Paints the person of one step. Behind the fence it changes nothing and returns false when a newer command is accepted. */
  paint(command: Command, step: number, fenced: boolean): boolean {
    const row = this.row(command.area);
    const stale = this.isStale(command);
    if (stale && fenced) {
      row.refused++;
      return false;
    }
    if (stale) row.stale++;
    row.people[step] = command.shirt;
    row.progress.set(command.revision, Math.max(step + 1, this.resume(command)));
    return true;
  }

  /** The first step of this command that is not done yet. */
  resume({ area, revision }: Command): number {
    return this.row(area).progress.get(revision) ?? 0;
  }

  newest(): Command[] {
    return [...this.rows.values()].flatMap(({ newest }) => newest ?? []);
  }

  verdicts(): AreaVerdict[] {
    return [...this.rows].map(([area, { people, newest, stale, refused }]) => {
      const wearing = count(people);
      const commanded: Colour | undefined = newest?.shirt;
      const wrong = wrongPeople(people.length, commanded, wearing);
      const revision = newest?.revision ?? 0;
      return { area, people: people.length, commanded, revision, wearing, wrong, stale, refused };
    });
  }

  /** Everything that can make a difference to the rest of the story, as text. */
  key(): string {
    let key = "";
    for (const [area, row] of this.rows) {
      // How many steps were stale is only told; that one was is judged.
      key += `${area}:${row.people.join()}:${row.newest?.revision}${row.stale > 0 ? "!" : ""}:`;
      for (const [revision, steps] of row.progress) key += `${revision}=${steps},`;
    }
    return key;
  }

  private row(area: Area): AreaRow {
    let row = this.rows.get(area);
    if (!row) {
      const people = new Array<Shirt>(this.steps).fill("white");
      row = { people, newest: undefined, progress: new Map(), stale: 0, refused: 0 };
      this.rows.set(area, row);
    }
    return row;
  }
}

function count(people: readonly Shirt[]): Wardrobe {
  const wearing: Partial<Record<Shirt, number>> = {};
  for (const shirt of people) wearing[shirt] = (wearing[shirt] ?? 0) + 1;
  return wearing;
}
