import { sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import { worker } from "@shirts/v1";
import { type Played, played, tell } from "../../support/cluster.ts";

const WANTED = "BBBBBPPPPP";
const names = ["purplePaceMs", "bluePaceMs", "gapMs"] as const;
type Numbers = Readonly<Record<(typeof names)[number], number>>;

function play({ purplePaceMs, bluePaceMs, gapMs }: Numbers): Promise<Played> {
  return played(async (cluster) => {
    const purple = worker(cluster.addWorker({ name: "n1", paceMs: purplePaceMs }));
    await cluster.command("purple");
    await sleep(gapMs);
    const blue = worker(cluster.addWorker({ name: "n2", paceMs: bluePaceMs }));
    await cluster.command("blue");
    cluster.close();
    await Promise.all([purple, blue]);
  });
}

export const halfway = exercise({
  task: `BLUE walks behind PURPLE, and in the end everybody wears BLUE: a lucky run.
Change one number, so that BLUE overtakes exactly halfway: five steps blue, five steps purple.`,
  law: `the bar reads ${WANTED}, and nobody will ever repair that`,
  hints: [
    "BLUE must be faster than PURPLE, or it never overtakes.",
    "PURPLE paints step 5 at 150 ms and step 6 at 180 ms. BLUE must come after the first and before the second.",
    "BLUE's step 5 is at 95 + 5 × pace, its step 6 at 95 + 6 × pace. So the pace is more than 11, and less than 14.2.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ story }, print) {
    tell(await play(story), print);
  },
  async complaint({ story }) {
    for (const name of names)
      if (!(Number.isFinite(story[name]) && story[name] >= 0 && story[name] <= 1000))
        return `\`${name}\` is ${story[name]}: it should be a number of milliseconds, from 0 to 1000`;
    const { cluster } = await play(story);
    const bar = cluster.bar();
    if (bar === WANTED) return undefined;
    if (/^B+$/.test(bar))
      return `the bar reads ${bar}: BLUE comes last everywhere. It never overtakes PURPLE`;
    if (/^P+$/.test(bar))
      return `the bar reads ${bar}: PURPLE comes last everywhere. BLUE is in front of it from the first step on`;
    const at = bar.lastIndexOf("B") + 1;
    return `the bar reads ${bar}: BLUE overtakes after ${at} steps, too ${at < 5 ? "early" : "late"}`;
  },
});
