/** Follows through a trace what each person wears. The bars and the last sentence are made of it. */
import type { Area, Command, Shirt, TraceEvent } from "@shirts/story";

/** One person's clothes: the last step that dressed the person, and the one before it. */
export interface Dressed {
  readonly event: TraceEvent & { readonly type: "painted" };
  readonly before: Dressed | undefined;
}

export class People {
  /** By area, the newest command and when it was accepted. */
  readonly newest = new Map<Area, { readonly command: Command; readonly at: number }>();
  private readonly areas = new Map<Area, (Dressed | undefined)[]>();
  private readonly steps: number;

  /** `steps`: people per area. A trace does not tell it; without it there are as many people as the trace's steps show. */
  constructor(trace: readonly TraceEvent[], steps = 1) {
    const shown = trace.map((event) => ("step" in event && event.type !== "stopped" ? event.step + 1 : 0));
    this.steps = Math.max(steps, ...shown);
  }

  /** Takes the next event. */
  see(event: TraceEvent): void {
    if (event.type === "commanded")
      this.newest.set(event.command.area, { command: event.command, at: event.at });
    if (event.type !== "painted") return;
    const people = this.of(event.command.area);
    people[event.step] = { event, before: people[event.step] };
  }

  of(area: Area): (Dressed | undefined)[] {
    let people = this.areas.get(area);
    if (!people) {
      people = new Array<undefined>(this.steps).fill(undefined);
      this.areas.set(area, people);
    }
    return people;
  }

  wearing(area: Area): Shirt[] {
    return this.of(area).map((dressed) => dressed?.event.command.shirt ?? "white");
  }
}

/** At most `width` people. Of a larger population, each one is the person in the middle of a share. */
export function sample<T>(people: readonly T[], width: number): T[] {
  if (people.length <= width) return [...people];
  return Array.from(
    { length: width },
    (_, i) => people[Math.floor(((i + 0.5) * people.length) / width)] as T,
  );
}
