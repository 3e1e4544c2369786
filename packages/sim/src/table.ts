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

/** What became of a step. Behind the fence a step of a command lands once. */
export type Landed = "painted" | "landed before" | "refused" | "gone";

interface AreaRow {
  readonly people: Shirt[];
  /** Every command that was accepted, in the order of their revisions. */
  readonly commands: Command[];
  /** How many steps of each revision are done, counted from the first. */
  readonly progress: Map<number, number>;
  stale: number;
  refused: number;
}

export class Table {
  private readonly rows = new Map<Area, AreaRow>();
  private worlds = 1;
  private readonly steps: number;

  constructor(steps: number) {
    this.steps = steps;
  }

  /** The name of the world. */
  get world(): string {
    return `w${this.worlds}`;
  }

  /** Makes a new world: everybody in white, and the revisions begin anew. */
  prepare(): void {
    this.worlds++;
    this.rows.clear();
  }

  /** Accepts a command of the president: from here on it is the newest of its area. */
  accept(area: Area, shirt: Colour): Command {
    const { commands } = this.row(area);
    const command = { area, shirt, revision: commands.length + 1, world: this.world };
    commands.push(command);
    return command;
  }

  hasAccepted({ area, shirt, revision, world }: Command): boolean {
    return world === this.world && this.row(area).commands[revision - 1]?.shirt === shirt;
  }

  isStale({ area, revision }: Command): boolean {
    return revision < this.row(area).commands.length;
  }

  /** Paints the person of one step. Behind the fence it changes nothing when the command is not the newest. */
  paint(command: Command, step: number, fenced: boolean): Landed {
    if (command.world !== this.world) return "gone";
    const row = this.row(command.area);
    const stale = this.isStale(command);
    if (fenced && command.revision !== row.commands.length) {
      row.refused++;
      return "refused";
    }
    if (fenced && step < this.resume(command)) return "landed before";
    if (stale) row.stale++;
    row.people[step] = command.shirt;
    row.progress.set(command.revision, Math.max(step + 1, this.resume(command)));
    return "painted";
  }

  /** The first step of this command that is not done yet. */
  resume({ area, revision, world }: Command): number {
    return world === this.world ? (this.row(area).progress.get(revision) ?? 0) : 0;
  }

  newest(): Command[] {
    return [...this.rows.values()].flatMap(({ commands }) => commands.at(-1) ?? []);
  }

  /** Each area's newest command, if not all its steps have landed. */
  unfinished(): Command[] {
    return this.newest().filter((command) => this.resume(command) < this.steps);
  }

  verdicts(): AreaVerdict[] {
    return [...this.rows].map(([area, { people, commands, stale, refused }]) => {
      const wearing = count(people);
      const newest = commands.at(-1);
      const commanded = newest?.shirt;
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
      key += `${area}:${row.people.join()}:${row.commands.length}${row.stale > 0 ? "!" : ""}:`;
      for (const [revision, steps] of row.progress) key += `${revision}=${steps},`;
    }
    return key;
  }

  private row(area: Area): AreaRow {
    let row = this.rows.get(area);
    if (!row) {
      const people = new Array<Shirt>(this.steps).fill("white");
      row = { people, commands: [], progress: new Map(), stale: 0, refused: 0 };
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
