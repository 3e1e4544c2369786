import { exercise } from "@shirts/learn/exercise";
import type { Area, Command, Shirt } from "@shirts/story";

interface Case {
  readonly area: Area;
  readonly people: readonly Shirt[];
  readonly commands: readonly Command[];
  readonly count: number;
  readonly why: string;
}

const north = (shirt: Command["shirt"], revision: number): Command => ({
  area: "north-america",
  shirt,
  revision,
});
const south = (shirt: Command["shirt"], revision: number): Command => ({
  area: "south-america",
  shirt,
  revision,
});

const cases: readonly Case[] = [
  {
    area: "north-america",
    people: ["blue", "purple", "purple"],
    commands: [north("purple", 1), north("blue", 2)],
    count: 2,
    why: "two of three wear PURPLE, and BLUE has the higher revision",
  },
  {
    area: "north-america",
    people: ["blue", "blue", "purple"],
    commands: [north("blue", 2), north("purple", 1)],
    count: 1,
    why: "the list has no order: BLUE stands first in it, and its revision is the highest",
  },
  {
    area: "north-america",
    people: ["purple", "purple"],
    commands: [south("green", 7), north("purple", 3), south("blue", 9)],
    count: 0,
    why: "South America's commands say nothing about North America, however high their revisions are",
  },
  {
    area: "south-america",
    people: ["green", "white", "white", "purple"],
    commands: [north("blue", 2), south("green", 1)],
    count: 3,
    why: "somebody whom no soldier has reached still wears white, and that is wrong, too",
  },
  {
    area: "north-america",
    people: ["blue", "blue"],
    commands: [north("blue", 1), north("purple", 10), north("green", 9), north("blue", 11)],
    count: 0,
    why: "revision 11 is newer than 10, and 10 is newer than 9: they are numbers, not words",
  },
];

export const verdict = exercise({
  task: `The verdict decides whether a run was right. It counts who does not wear the shirt of the area's newest command.
This one takes the area's last command in the list. Let it find the newest: the one with the highest revision.`,
  law: "the verdict counts everybody in the area who does not wear the shirt of its highest revision",
  hints: [
    "A list of commands has no order: a command may be published late, or twice.",
    "The newest command is the one with the highest `revision`, not the last one.",
    "`own.reduce((a, b) => (b.revision > a.revision ? b : a))` gives the newest of the area's own commands.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ main }, print) {
    main(print);
  },
  async complaint({ wrong }) {
    for (const { area, people, commands, count, why } of cases) {
      const got = wrong(area, people, commands);
      if (got !== count)
        return `${people.join(", ")} in ${area}: the verdict says ${got} wrong, and it should say ${count}: ${why}`;
    }
    return undefined;
  },
});
