/** All scenes of a trace. Every so many events one is kept, so a jump anywhere folds a few events and not all of them. */
import { areas, type TraceEvent } from "@shirts/story";
import { next } from "./fold.ts";
import { emptyScene, type Scene } from "./scene.ts";

const EVERY = 32;

/** So many events are folded at once, in some milliseconds: else the first jump to the end would do all that work. */
const AT_ONCE = 4096;

export class Timeline {
  readonly #trace: readonly TraceEvent[];
  /** The scene after 0, 32, 64, ... events. */
  readonly #kept: Scene[];

  /** Events may be pushed to `trace` later; those that are there do not change. */
  constructor(trace: readonly TraceEvent[], steps: number) {
    this.#trace = trace;
    const named = new Set(trace.flatMap((event) => ("command" in event ? [event.command.area] : [])));
    this.#kept = [
      emptyScene(steps, named.size > 0 ? areas.filter((area) => named.has(area)) : areas.slice(0, 1)),
    ];
    this.at(Math.min(trace.length, AT_ONCE));
  }

  /** The scene after the first `position` events. */
  at(position: number): Scene {
    const wanted = Math.floor(position / EVERY);
    while (this.#kept.length <= wanted) {
      const from = (this.#kept.length - 1) * EVERY;
      this.#kept.push(this.#play(this.#kept.at(-1) as Scene, from, from + EVERY));
    }
    return this.#play(this.#kept[wanted] as Scene, wanted * EVERY, position);
  }

  #play(scene: Scene, from: number, until: number): Scene {
    let it = scene;
    for (const event of this.#trace.slice(from, until)) it = next(it, event);
    return it;
  }
}
