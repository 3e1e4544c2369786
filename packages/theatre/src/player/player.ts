/** One trace that plays: where it is, and the scene there. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { TraceEvent } from "@shirts/story";
import type { Scene } from "../scene/scene.ts";
import { Timeline } from "../scene/timeline.ts";
import { Transport } from "./transport.ts";

export class Player extends Transport {
  readonly scene: ReadonlySignal<Scene>;
  /** From the first event to the last step of a soldier. */
  readonly span: ReadonlySignal<readonly [from: number, until: number]>;
  readonly steps: number;
  readonly #trace: TraceEvent[];
  readonly #timeline: Timeline;

  /** `steps` is how many steps a job has; one place in the table is the people of one step. */
  constructor(trace: readonly TraceEvent[], steps: number) {
    super(trace.map(({ at }) => at));
    this.#trace = [...trace];
    this.steps = steps;
    this.#timeline = new Timeline(this.#trace, steps);
    this.span = computed(() => {
      const times = this.times.value;
      const walked = this.#trace.findLast(({ type }) => type === "painted" || type === "refused");
      return [times[0] ?? 0, walked?.at ?? times.at(-1) ?? 0] as const;
    });
    this.scene = computed(() => this.#timeline.at(Math.min(this.position.value, this.length)));
  }

  /** Grows when events are appended. */
  get trace(): readonly TraceEvent[] {
    return this.#trace;
  }

  /** Folds the next `events` events of a long trace, so that a later jump need not. False when all are folded. */
  fold(events: number): boolean {
    return this.#timeline.fold(events);
  }

  /** Takes events of a live play. Whoever stands at the end stays at the end. */
  append(events: readonly TraceEvent[]): void {
    const isAtEnd = this.position.value >= this.length;
    this.#trace.push(...events);
    this.grow(events.map(({ at }) => at));
    if (isAtEnd) this.seek(this.length);
  }
}
