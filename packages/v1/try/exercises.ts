/** The laws of v1's exercises. */
import { type Exercise, exercise } from "@shirts/basics/exercise";
import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import { Town } from "@shirts/story/town";
import { worker } from "../src/worker.ts";

export const exercises: Readonly<Record<string, Exercise>> = {
  "one-node": exercise(
    "a job that is acked is painted to its last step",
    () => import("./one-node.ts"),
    () => import("./solutions/one-node.ts"),
    (given) =>
      bubble(async () => {
        const town = new Town();
        await town.command("purple");
        town.close();
        await given.worker(town.hire({ name: "n1", paceMs: 10 }));
        const acked = town.log.findIndex(({ type }) => type === "acked");
        const painted = town.log.slice(0, acked).filter(({ type }) => type === "painted").length;
        if (acked === -1) return "the job was never acked";
        return painted === town.steps ? undefined : `acked after ${painted} of ${town.steps} steps`;
      }),
  ),
  "two-nodes": exercise(
    "BLUE overtakes PURPLE halfway: the bar reads BBBBBPPPPP",
    () => import("./two-nodes.ts"),
    () => import("./solutions/two-nodes.ts"),
    ({ schedule }) =>
      bubble(async () => {
        const town = new Town();
        const purple = worker(town.hire({ name: "n1", paceMs: schedule.purplePaceMs }));
        await town.command("purple");
        await sleep(schedule.gapMs);
        const blue = worker(town.hire({ name: "n2", paceMs: schedule.bluePaceMs }));
        await town.command("blue");
        town.close();
        await Promise.all([purple, blue]);
        return town.bar() === "BBBBBPPPPP" ? undefined : `the bar reads ${town.bar()}`;
      }),
  ),
};
