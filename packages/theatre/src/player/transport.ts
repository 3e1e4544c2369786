/** Play, pause, seek and speed over a list of moments. Time passes in proportion to the story's own; long silences are cut. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { frames, noFrames } from "./frames.ts";

/** Factors that can be chosen. */
export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8];

/** At speed 1 a story of average length takes this long. */
const WHOLE_MS = 14_000;
/** No silence between two events is longer than this at speed 1. */
const SILENCE_MS = 1_600;

export class Transport {
  /** How many events have happened. Set it with `seek`. */
  readonly position: Signal<number> = signal(0);
  readonly isPlaying: Signal<boolean> = signal(false);
  /** A factor: 1 is the usual speed. */
  readonly speed: Signal<number> = signal(1);
  readonly #times: Signal<readonly number[]>;
  #before = 0;
  /** Milliseconds at speed 1 since the last event. */
  #waited = 0;

  /** `times` are the moments of the events, in milliseconds, rising. */
  constructor(times: readonly number[]) {
    this.#times = signal(times);
  }

  get times(): ReadonlySignal<readonly number[]> {
    return this.#times;
  }

  get length(): number {
    return this.#times.value.length;
  }

  /** Plays on; from the start when it is at the end. */
  play(): void {
    if (this.position.value >= this.length) this.seek(0);
    this.#before = 0;
    this.#waited = 0;
    this.isPlaying.value = true;
    frames(this.#onFrame);
  }

  pause(): void {
    this.isPlaying.value = false;
    noFrames(this.#onFrame);
  }

  toggle(): void {
    if (this.isPlaying.value) this.pause();
    else this.play();
  }

  /** Goes to the moment after `position` events. */
  seek(position: number): void {
    this.#waited = 0;
    this.position.value = Math.max(0, Math.min(this.length, Math.round(position)));
  }

  /** So many events on, or back. Pauses: whoever steps wants to look. */
  step(by: number): void {
    this.pause();
    this.seek(this.position.value + by);
  }

  protected grow(times: readonly number[]): void {
    this.#times.value = [...this.#times.value, ...times];
  }

  readonly #onFrame = (now: number): boolean => {
    // A tab that was in the background comes back with one long frame.
    const passed = this.#before === 0 ? 0 : Math.min(now - this.#before, 100);
    this.#before = now;
    this.#waited += passed * this.speed.value;
    const times = this.#times.value;
    let at = this.position.value;
    for (; at < times.length; at++) {
      const gap = this.#gapMs(at);
      if (this.#waited < gap) break;
      this.#waited -= gap;
    }
    if (at !== this.position.value) this.position.value = at;
    if (at >= times.length) this.isPlaying.value = false;
    return this.isPlaying.value;
  };

  /** How long the event at `index` is waited for, at speed 1. */
  #gapMs(index: number): number {
    const times = this.#times.value;
    const whole = (times.at(-1) ?? 0) - (times[0] ?? 0);
    const gap = (times[index] ?? 0) - (times[index - 1] ?? times[0] ?? 0);
    return whole <= 0 ? WHOLE_MS / times.length : Math.min(SILENCE_MS, (gap / whole) * WHOLE_MS);
  }
}
