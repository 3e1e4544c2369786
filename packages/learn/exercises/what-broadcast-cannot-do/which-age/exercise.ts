import { exercise } from "@shirts/learn/exercise";
import type { Command } from "@shirts/story";

const command = (
  shirt: Command["shirt"],
  revision: number,
  area: Command["area"] = "north-america",
): Command => ({
  area,
  shirt,
  revision,
});

interface Case {
  /** The sender's command and its node. */
  readonly from: Command;
  readonly sender: string;
  /** What the node n1 runs. */
  readonly running: Command;
  readonly stops: boolean;
  readonly why: string;
}

const cases: readonly Case[] = [
  {
    from: command("blue", 2),
    sender: "n2",
    running: command("purple", 1),
    stops: true,
    why: "a newer command is out",
  },
  {
    from: command("purple", 1),
    sender: "n2",
    running: command("blue", 2),
    stops: false,
    why: "the sender's command is older. When both stop, nobody paints",
  },
  {
    from: command("blue", 2),
    sender: "n1",
    running: command("blue", 2),
    stops: false,
    why: "that is its own cancel",
  },
  {
    from: command("blue", 2),
    sender: "n2",
    running: command("blue", 2),
    stops: false,
    why: "both have the same command: the broker gave the job away again. 2 is not newer than 2, and when both stop for each other, nobody paints",
  },
  {
    from: command("purple", 3),
    sender: "n2",
    running: command("purple", 1),
    stops: true,
    why: "the president wants PURPLE again. The shirt is the same, and the command is a newer one",
  },
  {
    from: command("purple", 3),
    sender: "n2",
    running: command("blue", 4),
    stops: false,
    why: "shirts say nothing about age: 3 is older than 4",
  },
  {
    from: command("blue", 10),
    sender: "n2",
    running: command("purple", 9),
    stops: true,
    why: "10 is newer than 9: revisions are numbers",
  },
  {
    from: command("green", 9, "south-america"),
    sender: "n2",
    running: command("purple", 1),
    stops: false,
    why: "the cancel is for another area",
  },
];

const name = ({ shirt, revision }: Command) => `${shirt.toUpperCase()} ${revision}`;

export const whichAge = exercise({
  task: `Two nodes, PURPLE and BLUE, and each hears the other's cancel. Both look at the sender, both stop, and nobody paints.
Let a cancel say how new its sender's command is, and let only an older one stop.`,
  law: "a node stops for a cancel of its area exactly when the sender's command is newer than its own",
  hints: [
    "`Cancel` has a third field, `revision`. Send it.",
    "Compare it with `running.revision`. When they are equal, nobody is older.",
    "`cancel.area === running.area && (cancel.revision ?? 0) > running.revision`",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ cancelFor, stopsFor }, print) {
    for (const { from, sender, running } of cases.slice(0, 5))
      print(
        `n1 runs ${name(running)} and hears ${sender} with ${name(from)}: ${stopsFor(cancelFor(from, sender), running, "n1") ? "stops" : "goes on"}`,
      );
  },
  async complaint({ cancelFor, stopsFor }) {
    for (const { from, sender, running, stops, why } of cases)
      if (stopsFor(cancelFor(from, sender), running, "n1") !== stops)
        return `n1 runs ${name(running)}, and hears the cancel of ${sender} with ${name(from)}. It ${stops ? "goes on" : "stops"}: ${why}`;
    return undefined;
  },
});
