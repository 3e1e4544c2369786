/** What the storm hears of a running story: its trace, and the picture of it for the commands of one world. */
import { areas, Picture, type TraceEvent } from "@shirts/story";
import { STEPS } from "./arena.ts";

export class Hearing {
  readonly trace: TraceEvent[] = [];
  #picture = new Picture(areas, STEPS);
  #world: string | undefined;

  constructor(world: string | undefined) {
    this.#world = world;
  }

  /** Keys of the commands whose job was acked. */
  get acked(): ReadonlySet<string> {
    return this.#picture.acked;
  }

  /** True when no node works on a job of this world. */
  get isIdle(): boolean {
    return this.#picture.walks.size === 0;
  }

  hear(event: TraceEvent): void {
    this.trace.push(event);
    this.#apply(event);
  }

  /** A new world: revisions begin anew, so the picture does too. */
  turnTo(world: string | undefined): void {
    this.#world = world;
    this.#picture = new Picture(areas, STEPS);
    for (const event of this.trace) this.#apply(event);
  }

  #apply(event: TraceEvent): void {
    if ("command" in event && event.command.world !== this.#world) return;
    this.#picture.apply(event);
    if (event.type === "crashed") this.#picture.forget(event.node);
  }
}
