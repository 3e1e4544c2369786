/**
 * The verdict: how many people of an area wear something else than its newest command's shirt?
 * This one believes that the last command in the list is the newest one. It need not be.
 */
import type { Area, Command, Shirt } from "@shirts/story";

/** How many of an area's people are wrong. `commands` has at least one command for the area, in no order. */
export function wrong(area: Area, people: readonly Shirt[], commands: readonly Command[]): number {
  const newest = commands.filter((command) => command.area === area).at(-1);
  return people.filter((shirt) => shirt !== newest?.shirt).length;
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
