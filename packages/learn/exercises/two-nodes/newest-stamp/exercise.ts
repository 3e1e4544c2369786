import { after, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import type { Colour, Command, Tools } from "@shirts/story";
import { worker } from "@shirts/v1";
import { type Played, played, tell } from "../../support/cluster.ts";

interface Case {
  readonly what: string;
  /** The older command and the newer one. */
  readonly shirts: readonly [Colour, Colour];
  readonly olderMs: number;
  readonly newerMs: number;
  /** How much the clock of the node with the older command is ahead of the other. */
  readonly aheadMs: number;
}

const HOUR = 3_600_000;
const PB = ["purple", "blue"] as const;
const BP = ["blue", "purple"] as const;

const cases: readonly Case[] = [
  { what: "BLUE overtakes, and PURPLE comes by last", shirts: PB, olderMs: 30, newerMs: 10, aheadMs: 0 },
  { what: "BLUE walks behind PURPLE", shirts: PB, olderMs: 10, newerMs: 30, aheadMs: 0 },
  {
    what: "the clock of PURPLE's node is an hour ahead",
    shirts: PB,
    olderMs: 10,
    newerMs: 30,
    aheadMs: HOUR,
  },
  { what: "PURPLE overtakes, and BLUE comes by last", shirts: BP, olderMs: 30, newerMs: 10, aheadMs: 0 },
  { what: "PURPLE walks behind BLUE", shirts: BP, olderMs: 10, newerMs: 30, aheadMs: HOUR },
];

/**
 * Calls `stampOf` on a node whose clock is ahead: the clock of its machine, too, which nobody gave to it. Both show the time of the
 * story, or how fast this machine is would decide what an answer with `Date.now()` does.
 */
function stampAt(stampOf: StampOf, command: Command, now: number, aheadMs: number): number {
  const { now: real } = Date;
  Date.now = () => now + aheadMs;
  try {
    return stampOf({ command, clockMs: now + aheadMs });
  } finally {
    Date.now = real;
  }
}

type StampOf = (write: { readonly command: Command; readonly clockMs: number }) => number;

function play(stampOf: StampOf, { shirts, olderMs, newerMs, aheadMs }: Case): Promise<Played> {
  const stamps = new Map<number, number>();
  return played(async (cluster) => {
    const stamped = (name: string, paceMs: number, ahead: number): Tools => {
      const tools = cluster.addWorker({ name, paceMs });
      return {
        ...tools,
        async paint(command, step) {
          const [now = 0] = await after(0).recv();
          const stamp = stampAt(stampOf, command, now, ahead);
          if (!(stamp >= (stamps.get(step) ?? Number.NEGATIVE_INFINITY))) return;
          stamps.set(step, stamp);
          await tools.paint(command, step);
        },
      };
    };
    const older = worker(stamped("n1", olderMs, aheadMs));
    await cluster.command("green");
    await cluster.command(shirts[0]);
    await sleep(10 * olderMs + 5 * olderMs - 1);
    const newer = worker(stamped("n2", newerMs, 0));
    await cluster.command(shirts[1]);
    cluster.close();
    await Promise.all([older, newer]);
  });
}

export const newestStamp = exercise({
  task: `The table compares stamps, and the higher one stays. But the stamp is the time of the write, and the old soldier writes last.
Change one line, so that the stamp says how new the *command* is.`,
  law: "whoever comes by last, and whatever the clocks say, everybody wears the shirt of the newest command in the end",
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
      const [older, newer] = it.shirts.map((shirt) => shirt.toUpperCase());
      const letters = new Set(cluster.bar());
      if (letters.size === 1 && letters.has(newer?.[0] ?? "")) continue;
      return `${it.what}, and the bar reads ${cluster.bar()}: a write of ${letters.has(older?.[0] ?? "") ? older : "an older command"} had a stamp that was not lower than ${newer}'s, or ${newer}'s was too low to land`;
    }
    return undefined;
  },
});
