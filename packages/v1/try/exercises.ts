/** The laws of v1's exercises. */
import { type Exercise, exercise } from "@shirts/basics/exercise";
import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import { InMemoryCluster } from "@shirts/cluster/testing";
import { worker } from "../src/worker.ts";

export const exercises: Readonly<Record<string, Exercise>> = {
  "one-node": exercise(
    "a job that is acked is painted to its last step",
    () => import("./one-node.ts"),
    () => import("./solutions/one-node.ts"),
    (given) =>
      bubble(async () => {
        const cluster = new InMemoryCluster();
        await cluster.command("purple");
        cluster.close();
        await given.worker(cluster.addWorker({ name: "n1", paceMs: 10 }));
        const acked = cluster.log.findIndex(({ type }) => type === "acked");
        const painted = cluster.log.slice(0, acked).filter(({ type }) => type === "painted").length;
        if (acked === -1) return "the job was never acked";
        return painted === cluster.steps ? undefined : `acked after ${painted} of ${cluster.steps} steps`;
      }),
  ),
  "two-nodes": exercise(
    "BLUE overtakes PURPLE halfway: the bar reads BBBBBPPPPP",
    () => import("./two-nodes.ts"),
    () => import("./solutions/two-nodes.ts"),
    ({ schedule }) =>
      bubble(async () => {
        const cluster = new InMemoryCluster();
        const purple = worker(cluster.addWorker({ name: "n1", paceMs: schedule.purplePaceMs }));
        await cluster.command("purple");
        await sleep(schedule.gapMs);
        const blue = worker(cluster.addWorker({ name: "n2", paceMs: schedule.bluePaceMs }));
        await cluster.command("blue");
        cluster.close();
        await Promise.all([purple, blue]);
        return cluster.bar() === "BBBBBPPPPP" ? undefined : `the bar reads ${cluster.bar()}`;
      }),
  ),
};
