/** The verdict: for each area, does every person wear the shirt of the newest command? */
import type { Area } from "./area.ts";
import type { Colour, Shirt } from "./shirt.ts";

/** How many people of one area wear each shirt; shirts that nobody wears are missing. */
export type Wardrobe = Readonly<Partial<Record<Shirt, number>>>;

/** What the table says about one area. */
export interface AreaVerdict {
  readonly area: Area;
  readonly people: number;
  /** The shirt of the newest command; undefined when there was none. */
  readonly commanded: Colour | undefined;
  readonly revision: number;
  readonly wearing: Wardrobe;
  /** People who do not wear the commanded shirt. */
  readonly wrong: number;
  /** Steps that landed after a newer command for their area had been accepted. */
  readonly stale: number;
  /** Steps that a fence refused. */
  readonly refused: number;
}

/** Counts one area's verdict from what its people wear. */
export function wrongPeople(people: number, commanded: Colour | undefined, wearing: Wardrobe): number {
  return commanded === undefined ? 0 : people - (wearing[commanded] ?? 0);
}

/** True when everybody wears the shirt of the newest command. */
export function isRight(verdicts: readonly AreaVerdict[]): boolean {
  return verdicts.every(({ wrong }) => wrong === 0);
}
