/** What an order is made of: at each choice point, one of the ways in which the program can go on. */

/** A routine: main, or what `go` has started. Code that it calls without `go` belongs to it. */
export interface Routine {
  /** 0 is main; the others are numbered as they start. */
  readonly id: number;
  /** The name of its function; empty when it has none. */
  readonly name: string;
}

export type WayKind = "start" | "operation" | "woken" | "timer";

/** Something that can happen next: a routine begins or goes on, or its timer fires. */
export interface Way {
  readonly routine: Routine;
  readonly kind: WayKind;
  /** What its operation returns. */
  readonly result?: unknown;
  resume(): void;
}

export interface ChoicePoint {
  /** How many ways there are, more than one. The first one goes on with the routine that runs, if that can go on. */
  readonly count: number;
  /** The ways; none for a coin: select asks whether a later case that is ready takes the place of the one before it. */
  readonly ways: readonly Way[];
  /** How many steps came before. */
  readonly step: number;
}

export type Choose = (point: ChoicePoint) => number;

/** Two runs of one program are the same as long as this text is. */
export function textOf({ count, ways }: ChoicePoint): string {
  return ways.length === 0 ? `coin ${count}` : ways.map(({ routine, kind }) => `${routine.id}${kind}`).join();
}

/** The choices of an order as text: what `replay` takes. Zeros at the end are left out; `0x5` stands for five of them in a row. */
export function writeChoices(choices: readonly number[]): string {
  const text = choices.slice(0, choices.findLastIndex((choice) => choice > 0) + 1).join(".");
  return text.replaceAll(/\b0(\.0)+\b/g, (zeros) => `0x${(zeros.length + 1) / 2}`) || "0";
}

/** Throws a RangeError unless `text` was written by `writeChoices`. */
export function readChoices(text: string): number[] {
  if (!/^(\d+|0x[1-9]\d{0,5})(\.(\d+|0x[1-9]\d{0,5}))*$/.test(text))
    throw new RangeError(
      `explore: replay must be the text of a counterexample, as in "0.2.1", got "${String(text)}"`,
    );
  return text.split(".").flatMap((choice) => {
    const zeros = /^0x(\d+)$/.exec(choice)?.[1];
    return zeros === undefined ? [Number(choice)] : new Array<number>(Number(zeros)).fill(0);
  });
}
