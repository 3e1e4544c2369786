/**
 * Reads a trace, line by line, that anybody may have written. Pure.
 *
 * Invariants:
 * 1. Every line is an event, a known line of our programs, or a problem with its number and one line that says why. A problem
 *    takes nothing from the other lines.
 * 2. What comes out is bounded, whatever comes in: events, nodes, steps, problems. Where a bound is met, it is said.
 */
import { decodeTraceEvent, stepsShown, type TraceEvent } from "@shirts/story";
import { z } from "zod";

export const LIMITS = {
  /** They need half a gigabyte of memory, of the two to four that a browser gives a page. */
  events: 1_000_000,
  /** Of one line. */
  characters: 20_000,
  /** Different names in one trace; a drawing has room for fewer. */
  nodes: 32,
  nameCharacters: 60,
  /** What our programs take at most. */
  steps: 10_000,
  /** That are listed; all are counted. */
  problems: 20,
  stories: 100,
} as const;

type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

export interface Problem {
  readonly line: number;
  readonly why: string;
}

export interface TraceStory {
  /** As the demo called its scene; undefined in other traces. */
  readonly title: string | undefined;
  /** In the order of time, from 0 on. */
  readonly trace: readonly TraceEvent[];
  readonly steps: number;
  /** The first event's time, in milliseconds since the Unix epoch; undefined on the simulator's clock, which begins at 0. */
  readonly startedAt: number | undefined;
}

export interface TraceFile {
  readonly stories: readonly TraceStory[];
  /** The first ones. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** True when there were more events than are kept. */
  readonly isCut: boolean;
}

/** `npm start -- --json` ends each scene with such a line. */
const outcomeShape = z.object({ scene: z.string().max(200), verdicts: z.array(z.unknown()) });
/** And `--page --json` begins with this one. */
const pageShape = z.strictObject({ page: z.string() });

/** Real clocks have said more than this for fifty years. */
const REAL_CLOCK_MS = 1e11;

export class TraceReader {
  readonly #limits: Limits;
  readonly #stories: TraceStory[] = [];
  readonly #problems: Problem[] = [];
  readonly #nodes = new Set<string>();
  #problemCount = 0;
  #line = 0;
  #events = 0;
  #isCut = false;
  #trace: TraceEvent[] = [];

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits;
  }

  get line(): number {
    return this.#line;
  }

  /** True when nothing more is taken. */
  get isFull(): boolean {
    return this.#isCut;
  }

  /** Takes the next line. */
  push(line: string): void {
    this.#line++;
    if (line.trim() === "" || this.#isCut) return;
    const why = this.#take(line);
    if (why !== undefined) this.#complain(why);
  }

  /** Why the line is not taken; undefined when it is. */
  #take(line: string): string | undefined {
    if (line.length > this.#limits.characters)
      return `it has more than ${this.#limits.characters} characters`;
    if (this.#isOfOurs(line)) return undefined;
    try {
      const event = decodeTraceEvent(line);
      const why = this.#outOfBounds(event);
      if (why !== undefined) return why;
      if (this.#events < this.#limits.events) {
        this.#events++;
        this.#trace.push(event);
      } else this.#isCut = true;
      return undefined;
    } catch (error) {
      return (error as Error).message.replace(/^the body /, "it ");
    }
  }

  end(): TraceFile {
    this.#endStory(undefined);
    return {
      stories: this.#stories,
      problems: this.#problems,
      problemCount: this.#problemCount,
      isCut: this.#isCut,
    };
  }

  /** A line that our programs write between events. */
  #isOfOurs(line: string): boolean {
    if (!/^\{"(scene|page)":/.test(line)) return false;
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      // It is told as any other broken line.
      return false;
    }
    const outcome = outcomeShape.safeParse(json);
    if (outcome.success) this.#endStory(outcome.data.scene);
    return outcome.success || pageShape.safeParse(json).success;
  }

  #outOfBounds(event: TraceEvent): string | undefined {
    if ("step" in event && event.step > this.#limits.steps)
      return `field "step": at most ${this.#limits.steps} steps are shown`;
    if (Math.abs(event.at) > 8.64e15) return 'field "at": no clock shows this time';
    if (event.node.length > this.#limits.nameCharacters)
      return `field "node": a name has at most ${this.#limits.nameCharacters} characters`;
    if (this.#nodes.has(event.node)) return undefined;
    if (this.#nodes.size >= this.#limits.nodes)
      return `field "node": at most ${this.#limits.nodes} different nodes are shown`;
    this.#nodes.add(event.node);
    return undefined;
  }

  #complain(why: string): void {
    this.#problemCount++;
    if (this.#problems.length < this.#limits.problems) this.#problems.push({ line: this.#line, why });
  }

  #endStory(title: string | undefined): void {
    if (this.#trace.length > 0 && this.#stories.length < this.#limits.stories)
      this.#stories.push(storyOf(this.#trace, title));
    this.#trace = [];
  }
}

/** Reports of several processes come in the order in which they were heard; a drawing needs the order in which they happened. */
function storyOf(trace: readonly TraceEvent[], title: string | undefined): TraceStory {
  const start = trace.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const shifted = trace.map((event) => ({ ...event, at: event.at - start })).sort((a, b) => a.at - b.at);
  return {
    title,
    trace: shifted,
    steps: stepsShown(shifted),
    startedAt: start > REAL_CLOCK_MS ? start : undefined,
  };
}
