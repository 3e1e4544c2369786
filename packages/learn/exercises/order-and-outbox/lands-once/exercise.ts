import { exercise } from "@shirts/learn/exercise";
import { type Command, commandText } from "@shirts/story";

const north = (shirt: Command["shirt"], revision: number): Command => ({
  area: "north-america",
  shirt,
  revision,
});
const purple = north("purple", 1);
const blue = north("blue", 2);
const again = north("purple", 3);
const green: Command = { area: "south-america", shirt: "green", revision: 1 };
const late = north("blue", 12);

type Step = readonly [Command, number];
const told = ([command, step]: Step) =>
  `step ${step} of ${commandText(command)}, revision ${command.revision}`;

/** Two steps that are not the same, although much of them is. */
const pairs: readonly (readonly [Step, Step, string])[] = [
  [[purple, 1], [blue, 0], "they are steps of two commands, for different people"],
  [[purple, 0], [blue, 0], "BLUE's step would be taken for one that has landed, and nobody would paint it"],
  [
    [purple, 0],
    [again, 0],
    "PURPLE is commanded again: the shirt is the same, and the command is another one",
  ],
  [[purple, 0], [purple, 1], "they have different people"],
  [[purple, 0], [green, 0], "they are in two areas"],
  [[north("blue", 1), 22], [late, 2], "1 and 22 are not 12 and 2: put something between the numbers"],
];

export const landsOnce = exercise({
  task: `Jobs come at least once, so a step may come twice. The table keeps the names of the steps that have landed, and skips a name that it knows.
Change one line: a step that comes again has the same name, and two different steps never have.`,
  law: "the same step has the same name each time, and two steps never share one",
  hints: [
    "Which three things make a step: where, of which command, and which one?",
    "The shirt is not enough: the president may want PURPLE twice. What does every command of an area have for itself?",
    "Area, revision and step, with something between the numbers.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ nameOf }, print) {
    for (const step of [
      [purple, 0],
      [blue, 0],
      [purple, 0],
    ] as readonly Step[])
      print(`${told(step)}: ${nameOf(...step)}`);
  },
  async complaint({ nameOf }) {
    for (const [a, b, why] of pairs)
      if (String(nameOf(...a)) === String(nameOf(...b)))
        return `${told(a)} and ${told(b)} have one name, "${nameOf(...a)}": ${why}`;
    const twice: readonly Step[] = [
      [purple, 0],
      [late, 7],
    ];
    for (const step of twice) {
      // The second delivery is another object.
      const [first, second] = [nameOf(...step), nameOf({ ...step[0] }, step[1])];
      if (String(first) !== String(second))
        return `${told(step)} comes twice, and has two names, "${first}" and "${second}": it lands twice`;
    }
    return undefined;
  },
});
