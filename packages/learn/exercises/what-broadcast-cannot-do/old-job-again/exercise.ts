import { exercise } from "@shirts/learn/exercise";
import type { Area, Command } from "@shirts/story";

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

interface Case {
  readonly jobs: readonly (readonly [Command, "do" | "drop"])[];
  readonly why: string;
}

const cases: readonly Case[] = [
  {
    jobs: [
      [north("purple", 1), "do"],
      [north("blue", 2), "do"],
    ],
    why: "each is newer than the one before",
  },
  {
    jobs: [
      [north("blue", 2), "do"],
      [north("purple", 1), "drop"],
    ],
    why: "PURPLE comes back from a node that died, and BLUE is newer: to do it is to paint over BLUE",
  },
  {
    jobs: [
      [north("purple", 1), "do"],
      [north("purple", 1), "do"],
    ],
    why: "the same job comes again because nobody acked it: its work is not done, so it must not be dropped",
  },
  {
    jobs: [
      [north("blue", 5), "do"],
      [south("green", 1), "do"],
      [north("purple", 4), "drop"],
    ],
    why: "each area has revisions of its own",
  },
  {
    jobs: [
      [north("blue", 3), "do"],
      [north("purple", 1), "drop"],
      [north("green", 2), "drop"],
      [north("blue", 3), "do"],
    ],
    why: "an older job that was dropped must not make the node forget the newer one",
  },
  {
    jobs: [
      [north("blue", 9), "do"],
      [north("purple", 10), "do"],
      [north("blue", 9), "drop"],
    ],
    why: "10 is newer than 9: revisions are numbers",
  },
];

export const oldJobAgain = exercise({
  task: `A broker gives back what was not acked, and does not know that it is old news. So the node has to know.
Write \`onJob\` from the law: drop a job that is older than one that this node has seen for the same area.`,
  law: "a job is dropped exactly when this node has seen a newer command for the same area",
  hints: [
    "What is in the map for the area, and what does the job say?",
    "Older: drop. Newer: remember it, and do it. The same: it is the same job again.",
    '`if (command.revision < (newest.get(command.area) ?? 0)) return "drop";` before the map is changed.',
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ onJob }, print) {
    const newest = new Map<Area, number>();
    for (const command of [north("blue", 2), north("purple", 1), south("green", 1)])
      print(
        `${command.shirt.toUpperCase()} ${command.revision} for ${command.area}: ${onJob(command, newest)}`,
      );
  },
  async complaint({ onJob }) {
    for (const { jobs, why } of cases) {
      const newest = new Map<Area, number>();
      const story: string[] = [];
      for (const [command, wanted] of jobs) {
        const got = onJob(command, newest);
        story.push(`${command.shirt.toUpperCase()} ${command.revision} in ${command.area}`);
        if (got !== wanted)
          return `${story.join(", then ")}: the last one should be "${wanted}" and is "${got}": ${why}`;
      }
    }
    return undefined;
  },
});
