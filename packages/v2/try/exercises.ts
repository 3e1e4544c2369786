/** The law of v2's exercise. */
import { type Exercise, exercise } from "@shirts/basics/exercise";
import { go, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import { InMemoryCluster } from "@shirts/cluster/testing";

export const exercises: Readonly<Record<string, Exercise>> = {
  "cancel-by-broadcast": exercise(
    "a worker that is busy, with a job waiting for it, hears a cancel within a millisecond",
    () => import("./cancel-by-broadcast.ts"),
    () => import("./solutions/cancel-by-broadcast.ts"),
    ({ worker }) =>
      bubble(async () => {
        const cluster = new InMemoryCluster();
        go(worker, cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 2 }));
        await cluster.command("purple");
        await cluster.command("green", "south-america");
        await sleep(35);
        cluster.broadcast({ area: "north-america", consumerId: "n2" });
        await sleep(500);
        const [north, south] = [cluster.bar(), cluster.bar("south-america")];
        if (north !== "PPP.......") return `PURPLE should stop after 3 steps; North America reads ${north}`;
        return south === "GGGGGGGGGG" ? undefined : `GREEN is not done; South America reads ${south}`;
      }),
  ),
};
