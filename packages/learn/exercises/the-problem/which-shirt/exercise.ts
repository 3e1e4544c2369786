import { sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import { worker } from "@shirts/v1";
import { type Played, played } from "../../support/cluster.ts";

const PURPLE_MS = 30;
const BLUE_MS = 10;
const GAP_MS = 95;

function story(): Promise<Played> {
  return played(async (cluster) => {
    const purple = worker(cluster.addWorker({ name: "n1", paceMs: PURPLE_MS }));
    await cluster.command("purple");
    await sleep(GAP_MS);
    const blue = worker(cluster.addWorker({ name: "n2", paceMs: BLUE_MS }));
    await cluster.command("blue");
    cluster.close();
    await Promise.all([purple, blue]);
  });
}

export const whichShirt = exercise({
  task: `Predict, then prove. Two soldiers walk over ten people, and the one with BLUE is faster.
Write into \`bar\` what everybody wears in the end. The judge plays it with v1's own worker.`,
  law: "each person wears the shirt of the soldier who came by last",
  hints: [
    "Take the first person. When does PURPLE come by, and when BLUE? The later one stays.",
    "Person 4: PURPLE at 120 ms, BLUE at 135 ms. Person 5: PURPLE at 150 ms, BLUE at 145 ms.",
    "Up to person 4 BLUE comes last. From person 5 on he is in front, and PURPLE paints over him.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ bar }, print) {
    print(`your prediction: ${bar}`);
  },
  async complaint({ bar: said }) {
    const predicted = String(said).trim().toUpperCase();
    const { cluster } = await story();
    const bar = cluster.bar();
    if (predicted.length !== bar.length)
      return `the bar has ${bar.length} letters, one for each person, and yours has ${predicted.length}`;
    const at = [...bar].findIndex((letter, i) => letter !== predicted[i]);
    if (at === -1) return undefined;
    const [purpleAt, blueAt] = [PURPLE_MS * (at + 1), GAP_MS + BLUE_MS * (at + 1)];
    return `look at person ${at + 1}: PURPLE comes by at ${purpleAt} ms, and BLUE at ${blueAt} ms. The later one stays, and nobody comes by again`;
  },
});
