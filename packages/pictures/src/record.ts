/** Writes down what routines do, in the fake time of a bubble: the scene of a program of chans. */
import { after } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { Shirt } from "@shirts/story";
import type { Arrow, Bar, Lane, Mark, Scene } from "./scene.ts";

export class Recorder {
  readonly bars: Bar[] = [];
  readonly marks: Mark[] = [];
  readonly arrows: Arrow[] = [];

  /** Milliseconds since the scene began. */
  now(): number {
    return after(0).tryRecv()?.[0] ?? 0;
  }

  /** Awaits what a routine waits for, and draws for how long it did. A wait of no time is not drawn. */
  async wait<T>(lane: Lane, label: string, what: PromiseLike<T>): Promise<T> {
    return this.#last(lane, "wait", label, what);
  }

  /** Awaits what a routine does itself, and draws for how long it did. */
  async work<T>(lane: Lane, what: PromiseLike<T>, kind: "work" | Shirt = "work", label = ""): Promise<T> {
    return this.#last(lane, kind, label, what);
  }

  async #last<T>(lane: Lane, kind: Bar["kind"], label: string, what: PromiseLike<T>): Promise<T> {
    const fromMs = this.now();
    try {
      return await what;
    } finally {
      const toMs = this.now();
      if (toMs > fromMs) this.bars.push({ lane, fromMs, toMs, kind, label });
    }
  }

  mark(lane: Lane, kind: Mark["kind"], label: string): void {
    this.marks.push({ lane, atMs: this.now(), kind, label });
  }

  /** A value went from one lane to another just now. */
  arrow(from: Lane, to: Lane, label: string, isLost = false): void {
    const now = this.now();
    this.arrows.push({ from, to, sentMs: now, arrivedMs: now, label, isLost });
  }
}

/** Runs `program` under fake time, and makes a scene of what it recorded. The same program gives the same scene. */
export async function record(
  { title, alt, lanes }: Pick<Scene, "title" | "alt" | "lanes">,
  program: (it: Recorder) => Promise<void>,
): Promise<Scene> {
  const recorder = new Recorder();
  await bubble(() => program(recorder), { startMs: 0, random: () => 0 });
  const { bars, marks, arrows } = recorder;
  return { title, alt, lanes, bars, marks, arrows };
}
