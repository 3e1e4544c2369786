import { after, go, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import { worker } from "@shirts/v1";
import { played } from "../../support/cluster.ts";

const hints = {
  stale:
    "PURPLE's steps land at 20, 40, 60 ms and so on, and BLUE is commanded at 50 ms. One node hears nothing of BLUE while it walks",
  wasted:
    "in the end everybody wears BLUE, so no step of PURPLE is left on anybody, also none of those that landed before 50 ms",
  blueAtMs: "BLUE's job waits until PURPLE's is acked, at 200 ms; then it has ten steps of 20 ms before it",
} as const;

export const whatItWastes = exercise({
  task: `Predict, then prove. One node is right and slow; these three numbers say how slow.
Work them out on paper, and write them down. The judge plays v1's own worker.`,
  law: "the three numbers are those of the run",
  hints: [
    "Write PURPLE's ten moments in a row, and draw a line at 50 ms.",
    "Stale are the steps behind the line. Wasted are all steps of PURPLE, since none of them is left in the end.",
    "PURPLE's last step lands at 200 ms. BLUE's first one lands 20 ms after that.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ stale, wasted, blueAtMs }, print) {
    print(`your prediction: ${stale} stale, ${wasted} wasted, everybody in BLUE at ${blueAtMs} ms`);
  },
  async complaint(predicted) {
    let ms = 0;
    const { cluster } = await played(async (cluster) => {
      const [begin = 0] = await after(0).recv();
      go(async () => {
        await sleep(50);
        await cluster.command("blue");
        cluster.close();
      });
      await cluster.command("purple");
      await worker(cluster.addWorker({ name: "n1", paceMs: 20 }));
      const [end = 0] = await after(0).recv();
      ms = end - begin;
    });
    const painted = cluster.log.filter((event) => event.type === "painted");
    const real = {
      stale: painted.filter((event) => event.stale).length,
      wasted: painted.filter((event) => event.command.revision === 1).length,
      blueAtMs: ms,
    };
    for (const name of ["stale", "wasted", "blueAtMs"] as const)
      if (predicted[name] !== real[name])
        return `\`${name}\` is not ${JSON.stringify(predicted[name]) ?? "given"}: ${hints[name]}`;
    return undefined;
  },
});
