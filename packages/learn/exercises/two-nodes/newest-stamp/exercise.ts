import { after, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import type { Command, Tools } from "@shirts/story";
import { worker } from "@shirts/v1";
import { type Played, played, tell } from "../../support/cluster.ts";

interface Case {
  readonly what: string;
  readonly purpleMs: number;
  readonly blueMs: number;
  /** How much the clock of the node with PURPLE is ahead of the other. */
  readonly aheadMs: number;
}

const cases: readonly Case[] = [
  { what: "BLUE overtakes, and PURPLE comes by last", purpleMs: 30, blueMs: 10, aheadMs: 0 },
  { what: "BLUE walks behind PURPLE", purpleMs: 10, blueMs: 30, aheadMs: 0 },
  { what: "the clock of PURPLE's node is an hour ahead", purpleMs: 10, blueMs: 30, aheadMs: 3_600_000 },
];

type StampOf = (write: { readonly command: Command; readonly clockMs: number }) => number;

function play(stampOf: StampOf, { purpleMs, blueMs, aheadMs }: Case): Promise<Played> {
  const stamps = new Map<number, number>();
  return played(async (cluster) => {
    const stamped = (name: string, paceMs: number, ahead: number): Tools => {
      const tools = cluster.addWorker({ name, paceMs });
      return {
        ...tools,
        async paint(command, step) {
          const [now = 0] = await after(0).recv();
          const stamp = stampOf({ command, clockMs: now + ahead });
          if (!(stamp >= (stamps.get(step) ?? Number.NEGATIVE_INFINITY))) return;
          stamps.set(step, stamp);
          await tools.paint(command, step);
        },
      };
    };
    const purple = worker(stamped("n1", purpleMs, aheadMs));
    await cluster.command("green");
    await cluster.command("purple");
    await sleep(10 * purpleMs + 5 * purpleMs - 1);
    const blue = worker(stamped("n2", blueMs, 0));
    await cluster.command("blue");
    cluster.close();
    await Promise.all([purple, blue]);
  });
}

export const newestStamp = exercise({
  task: `The table compares stamps, and the higher one stays. But the stamp is the time of the write, and the old soldier writes last.
Change one line, so that the stamp says how new the *command* is.`,
  law: "whoever comes by last, and whatever the clocks say, everybody wears BLUE in the end",
  hints: [
    "Which number is higher for BLUE than for PURPLE, whenever it is written?",
    "A command has an area, a shirt and a revision.",
    "The revision rises by one with each command of an area. It is the stamp.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ stampOf }, print) {
    tell(await play(stampOf, cases[0] as Case), print);
  },
  async complaint({ stampOf }) {
    for (const it of cases) {
      const { cluster, stopped } = await play(stampOf, it);
      if (stopped) return `${it.what}: ${stopped}`;
      if (/^B+$/.test(cluster.bar())) continue;
      return `${it.what}, and the bar reads ${cluster.bar()}: a write of ${cluster.bar().includes("P") ? "PURPLE" : "an older command"} had a stamp that was not lower than BLUE's, or BLUE's was too low to land`;
    }
    return undefined;
  },
});
