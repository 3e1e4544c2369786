/**
 * The verdict: how many people of an area wear something else than its newest command's shirt?
 * The newest one has the highest revision of this area, wherever it stands in the list.
 */
import type { Area, Command, Shirt } from "@shirts/story";

/** How many of an area's people are wrong. `commands` has at least one command for the area, in no order. */
export function wrong(area: Area, people: readonly Shirt[], commands: readonly Command[]): number {
  const own = commands.filter((command) => command.area === area);
  const newest = own.reduce((a, b) => (b.revision > a.revision ? b : a));
  return people.filter((shirt) => shirt !== newest.shirt).length;
}

const commands: readonly Command[] = [
  { area: "north-america", shirt: "blue", revision: 2 },
  { area: "north-america", shirt: "purple", revision: 1 },
  { area: "south-america", shirt: "green", revision: 1 },
];

export function main(print: (line: string) => void): void {
  const north = wrong("north-america", ["blue", "blue", "purple"], commands);
  const south = wrong("south-america", ["green", "white"], commands);
  print(`North America: ${north} of 3 people wrong, and it should be 1`);
  print(`South America: ${south} of 2 people wrong, and it should be 1`);
}
