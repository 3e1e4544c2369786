/**
 * Areas: the parts of the world that a command can name. Two commands conflict when their area is the same.
 * On the talk's slides an area is a table ("Table T1", "Table T2"); here it is a key of one table of people.
 */

/** How many people live in each area. A world for tests may be smaller; see `Population`. */
export const AREAS = {
  "north-america": 1_000_000,
  "south-america": 500_000,
} as const;

/** The key of an area, as it is in the table, in a job and on the command line. */
export type Area = keyof typeof AREAS;

/** People per area. */
export type Population = Readonly<Partial<Record<Area, number>>>;

export const areas = Object.keys(AREAS) as Area[];

export function isArea(text: string): text is Area {
  return Object.hasOwn(AREAS, text);
}

/** The area's name for people to read: "North America". */
export function areaName(area: Area): string {
  return area.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => (dash ? " " : "") + letter.toUpperCase(),
  );
}
