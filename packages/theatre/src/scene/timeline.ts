/** All scenes of a trace. Every so many events one is kept, so a jump anywhere folds a few events and not all of them. */
import { areas, type TraceEvent } from "@shirts/story";
import { after } from "./fold.ts";
import { emptyScene, type Scene } from "./scene.ts";

/** At first, and as long as the memory allows. */
const EVERY = 32;

/** All kept scenes together know so many places of people: some 64 MB. */
const PLACES_MAX = 8_000_000;
const SCENES_MAX = 4096;
const SCENES_MIN = 64;

/** So many events are folded at once, in some milliseconds: else the first jump to the end would do all that work. */
const AT_ONCE = 4096;

export class Timeline {
  readonly #trace: readonly TraceEvent[];
  readonly #steps: number;
  /** The scene after 0, `every`, 2 `every`, ... events. */
  #kept: Scene[];
  #every = EVERY;
  /** The scene that was asked for last: a play that goes on folds the next event, and no more. */
  #last: Scene;

  /** Events may be pushed to `trace` later; those that are there do not change. */
  constructor(trace: readonly TraceEvent[], steps: number) {
    this.#trace = trace;
    this.#steps = steps;
    const named = new Set<string>();
    for (const event of trace) if ("command" in event) named.add(event.command.area);
    const shown = named.size > 0 ? areas.filter((area) => named.has(area)) : areas.slice(0, 1);
    this.#last = emptyScene(steps, shown);
    this.#kept = [this.#last];
    this.fold(AT_ONCE);
  }

  /** How many scenes are in the memory. */
  get keptScenes(): number {
    return this.#kept.length;
  }

  /** Keeps the scenes of the next `events` events. False when all events of the trace are behind it. */
  fold(events: number): boolean {
    const until = Math.min(this.#trace.length, this.#folded + events);
    while (this.#folded + this.#every <= until) this.#keepNext();
    return this.#folded + this.#every <= this.#trace.length;
  }

  /** The scene after the first `position` events. */
  at(position: number): Scene {
    while (this.#folded + this.#every <= position) this.#keepNext();
    const kept = this.#kept[Math.floor(position / this.#every)] as Scene;
    const isNear = this.#last.position <= position && this.#last.position > kept.position;
    const from = isNear ? this.#last : kept;
    this.#last = after(from, this.#trace.slice(from.position, position));
    return this.#last;
  }

  /** The position of the last kept scene. */
  get #folded(): number {
    return (this.#kept.length - 1) * this.#every;
  }

  #keepNext(): void {
    const from = this.#folded;
    this.#kept.push(after(this.#kept.at(-1) as Scene, this.#trace.slice(from, from + this.#every)));
    if (this.#kept.length <= this.#most()) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#every *= 2;
  }

  /** How many scenes may be kept: those of a long job know many places. */
  #most(): number {
    const places = this.#steps * (this.#kept.at(-1)?.areas.length ?? 1);
    return Math.max(SCENES_MIN, Math.min(SCENES_MAX, Math.floor(PLACES_MAX / places)));
  }
}
