import { exercise } from "@shirts/learn/exercise";
import type { Cancel, Command } from "@shirts/story";

const purple: Command = { area: "north-america", shirt: "purple", revision: 1 };
const green: Command = { area: "south-america", shirt: "green", revision: 1 };
const north = (consumerId: string): Cancel => ({ area: "north-america", consumerId });

interface Case {
  readonly cancel: Cancel;
  readonly running: Command | undefined;
  readonly me: string;
  readonly stops: boolean;
  readonly why: string;
}

const cases: readonly Case[] = [
  {
    cancel: north("n2"),
    running: purple,
    me: "n1",
    stops: true,
    why: "another node has a job for the area that it works on",
  },
  {
    cancel: north("n1"),
    running: purple,
    me: "n1",
    stops: false,
    why: "that is its own cancel: it would stop the job for which it has just told the others to stop",
  },
  { cancel: north("n2"), running: green, me: "n1", stops: false, why: "the cancel is for another area" },
  {
    cancel: north("n2"),
    running: undefined,
    me: "n1",
    stops: false,
    why: "it does nothing, so there is nothing to stop",
  },
  ...(
    [
      ["amq.gen-7", "amq.gen-71"],
      ["amq.gen-71", "amq.gen-7"],
      ["amq.gen-7", "7"],
      ["7", "amq.gen-7"],
    ] as const
  ).map(([sender, me]) => ({
    cancel: north(sender),
    running: purple,
    me,
    stops: true,
    why: `${sender} and ${me} are two nodes, though the one name is a part of the other`,
  })),
];

export const ownCancel = exercise({
  task: `A cancel reaches every node, also the one that sent it. This node stops for its own cancel, and then nobody paints.
Change one line.`,
  law: "a node stops for another node's cancel for its own area, and for no other cancel",
  hints: [
    "A cancel carries the name of its sender. What is the name for?",
    "`cancel.consumerId` is the sender, `consumerId` is this node.",
    "The first line should be: `if (cancel.consumerId === consumerId) return false;`",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ stopsFor }, print) {
    for (const { cancel, running, me } of cases) {
      const work = running ? `works on ${running.area}` : "does nothing";
      print(
        `${me} ${work} and hears ${cancel.consumerId}: stop ${cancel.area}: ${stopsFor(cancel, running, me) ? "stops" : "goes on"}`,
      );
    }
  },
  async complaint({ stopsFor }) {
    for (const { cancel, running, me, stops, why } of cases)
      if (stopsFor(cancel, running, me) !== stops)
        return `${me} hears ${cancel.consumerId}'s cancel for ${cancel.area}, and ${stops ? "goes on" : "stops"}: ${why}`;
    return undefined;
  },
});
