import { exercise } from "@shirts/learn/exercise";
import type { Command } from "@shirts/story";
import type { Event } from "./given.ts";

const purple: Command = { area: "north-america", shirt: "purple", revision: 1 };
const blue: Command = { area: "north-america", shirt: "blue", revision: 2 };
const again: Command = { area: "north-america", shirt: "purple", revision: 3 };
const green: Command = { area: "south-america", shirt: "green", revision: 1 };

const accepted = (command: Command): Event => ({ type: "accepted", command });
const landed = (command: Command): Event => ({ type: "landed", command });

const cases: readonly { readonly events: readonly Event[]; readonly count: number; readonly why: string }[] =
  [
    {
      events: [
        accepted(purple),
        landed(purple),
        accepted(blue),
        landed(purple),
        landed(blue),
        landed(purple),
      ],
      count: 2,
      why: "two steps of PURPLE landed after BLUE was accepted",
    },
    {
      events: [accepted(purple), landed(purple), landed(purple), accepted(blue), landed(blue)],
      count: 0,
      why: "PURPLE's steps landed before BLUE was accepted. They were wasted, but nothing was newer then",
    },
    {
      events: [
        accepted(purple),
        accepted(green),
        landed(purple),
        accepted(blue),
        landed(green),
        landed(blue),
      ],
      count: 0,
      why: "a command for North America makes no step in South America stale",
    },
    {
      events: [
        accepted(purple),
        accepted(blue),
        accepted(again),
        landed(again),
        landed(blue),
        landed(purple),
      ],
      count: 2,
      why: "the newest command may have the older one's shirt: the revision tells them apart",
    },
    {
      events: [accepted(blue), accepted(purple), landed(purple)],
      count: 1,
      why: "the highest revision is the newest, also when it is told first",
    },
  ];

export const staleSteps = exercise({
  task: `A stale step is the sign of the bug, also in a run that ends well: the column to watch.
Count the steps of an older command that landed after a newer command of the same area was accepted.`,
  law: "a step is stale when, at its moment, a higher revision of its area was accepted",
  hints: [
    "Go through the events once, and remember what you have seen: the newest revision of each area.",
    "`accepted` changes what you remember. `landed` compares with it.",
    "`const newest = new Map<string, number>()`; a step is stale when `command.revision < (newest.get(command.area) ?? 0)`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ main }, print) {
    main(print);
  },
  async complaint({ staleSteps }) {
    for (const { events, count, why } of cases) {
      const got = staleSteps(events);
      if (got === count) continue;
      const run = events.map(
        ({ type, command }) => `${command.shirt.toUpperCase()} ${command.revision} ${type}`,
      );
      return `${run.join(", ")}: you count ${got}, and there are ${count}: ${why}`;
    }
    return undefined;
  },
});
