import { sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import { worker } from "@shirts/v3";
import { played } from "../../support/cluster.ts";

type Name = "crossing" | "lost" | "late";

const stories: Readonly<
  Record<
    Name,
    { readonly paces: readonly [number, number]; readonly gapMs: number; readonly cancelMs: number }
  >
> = {
  crossing: { paces: [10, 10], gapMs: 0, cancelMs: 5 },
  lost: { paces: [30, 10], gapMs: 95, cancelMs: Number.POSITIVE_INFINITY },
  late: { paces: [30, 10], gapMs: 95, cancelMs: 100 },
};

const hints: Readonly<Record<Name, string>> = {
  crossing:
    "each node hears the other's cancel at 5 ms, before its first step. What does a node do that looks only at the sender?",
  lost: "nobody tells PURPLE's node anything, so it walks as in v1. Up to which person does BLUE come last? Person 5: PURPLE at 150 ms, BLUE at 145 ms",
  late: "PURPLE's node hears the cancel at 195 ms. Until then it has painted six people, the last at 180 ms. Which of them did BLUE paint before?",
};

async function ending(name: Name): Promise<string> {
  const { paces, gapMs, cancelMs } = stories[name];
  const { cluster } = await played(async (cluster) => {
    const crossing = name === "crossing";
    const purple = worker(cluster.addWorker({ name: "n1", paceMs: paces[0], cancelMs }));
    await cluster.command("purple");
    if (gapMs > 0) await sleep(gapMs);
    const blue = worker(
      cluster.addWorker({ name: "n2", paceMs: paces[1], cancelMs: crossing ? cancelMs : 1 }),
    );
    await cluster.command("blue");
    cluster.close();
    await Promise.all([purple, blue]);
  });
  return cluster.bar();
}

export const threeEndings = exercise({
  task: `Predict, then prove. v3 is played three times: two cancels cross, a cancel is lost, a cancel is late.
Write what the ten people wear in the end.`,
  law: "each bar is the one that v3 leaves behind",
  hints: [
    "crossing: who is left to paint when both have stopped?",
    "lost: it is the bar of v1. PURPLE paints person n at 30 n ms, BLUE at 95 + 10 n ms.",
    "late: take the bar of `lost`, and let PURPLE stop at 195 ms. Whom had he painted by then, and who was painted by BLUE before him?",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ endings }, print) {
    for (const name of ["crossing", "lost", "late"] as const)
      print(`your prediction for ${name}: ${endings[name]}`);
  },
  async complaint({ endings }) {
    for (const name of ["crossing", "lost", "late"] as const) {
      const said = String(endings?.[name] ?? "")
        .trim()
        .toUpperCase();
      const bar = await ending(name);
      if (said.length !== bar.length)
        return `\`${name}\` has ${said.length} letters, and there are ten people`;
      if (said !== bar) return `\`${name}\` ends in another way: ${hints[name]}`;
    }
    return undefined;
  },
});
