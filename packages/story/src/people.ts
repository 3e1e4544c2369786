/**
 * What people wear, followed through a trace: the bars, the simulator's tables and its last sentence are made from it. One
 * place is the people of one step.
 */
import type { Area } from "./area.ts";
import type { Command } from "./command.ts";
import { type Shirt, shirts } from "./shirt.ts";
import type { TraceEvent } from "./trace.ts";
import type { Wardrobe } from "./verdict.ts";

type Painted = TraceEvent & { readonly type: "painted" };

/** The shirt at one place: the last step that painted these people, and the one before it. */
export interface PaintedPlace {
  readonly event: Painted;
  readonly before: PaintedPlace | undefined;
}

export class People {
  /** By area, the newest command and when it was accepted. */
  readonly newest = new Map<Area, { readonly command: Command; readonly at: number }>();
  readonly #areas = new Map<Area, (PaintedPlace | undefined)[]>();
  /** What the table says, where a trace does not know better. */
  readonly #settled = new Map<Area, readonly Shirt[]>();
  readonly #steps: number;

  constructor(steps: number) {
    this.#steps = steps;
  }

  /** Takes the next event. */
  apply(event: TraceEvent): void {
    if (event.type === "prepared") {
      this.newest.clear();
      this.#areas.clear();
      this.#settled.clear();
    }
    if (event.type === "commanded")
      this.newest.set(event.command.area, { command: event.command, at: event.at });
    if (event.type !== "painted") return;
    const people = this.of(event.command.area);
    people[event.step] = { event, before: people[event.step] };
  }

  /** The same people, to go on with on their own: what is applied to the copy does not change these. */
  copy(): People {
    const people = new People(this.#steps);
    for (const [area, newest] of this.newest) people.newest.set(area, newest);
    for (const [area, places] of this.#areas) people.#areas.set(area, [...places]);
    for (const [area, stripes] of this.#settled) people.#settled.set(area, stripes);
    return people;
  }

  of(area: Area): (PaintedPlace | undefined)[] {
    let people = this.#areas.get(area);
    if (!people) {
      people = new Array<undefined>(this.#steps).fill(undefined);
      this.#areas.set(area, people);
    }
    return people;
  }

  wearing(area: Area): readonly Shirt[] {
    return this.#settled.get(area) ?? this.of(area).map((place) => place?.event.command.shirt ?? "white");
  }

  /** Takes over what the table says: a node that was frozen in mid-step reports that step when others have painted over it. */
  settle(area: Area, stripes: readonly Wardrobe[]): void {
    const most = (wearing: Wardrobe) =>
      shirts.reduce((best, shirt) => ((wearing[shirt] ?? 0) > (wearing[best] ?? 0) ? shirt : best));
    this.#settled.set(area, stripes.map(most));
  }
}

/** How many steps a trace shows. A trace does not tell how many there are. */
export function stepsShown(trace: readonly TraceEvent[]): number {
  // A long trace is more than a call takes arguments.
  return trace.reduce(
    (most, event) => ("step" in event && event.type !== "stopped" ? Math.max(most, event.step + 1) : most),
    1,
  );
}
