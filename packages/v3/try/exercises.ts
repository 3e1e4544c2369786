/** The laws of v3's exercises. */
import { type Exercise, exercise } from "@shirts/basics/exercise";
import { chan, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import { InMemoryCluster } from "@shirts/cluster/testing";
import type { Colour, Command, Job } from "@shirts/story";

const area = "north-america";

/** PURPLE's ack, in the very event-loop turn in which it ends, brings BLUE: the loop finds a job and a done together. */
async function blueAtTheEnd(
  worker: (tools: ReturnType<InMemoryCluster["addWorker"]>) => Promise<void>,
): Promise<string> {
  const cluster = new InMemoryCluster(3);
  const jobs = chan<Job>(3);
  const job = (shirt: Colour, revision: number, ack = () => {}): Job => ({
    command: { area, shirt, revision },
    redelivered: false,
    ack,
  });
  await jobs.send(job("purple", 1, () => jobs.trySend(job("blue", 2))));
  const working = worker({ ...cluster.addWorker({ name: "n1", paceMs: 10 }), jobs });
  await sleep(100);
  jobs.close();
  await working;
  return cluster.bar();
}

export const exercises: Readonly<Record<string, Exercise>> = {
  "many-routines": exercise(
    "the done of an older routine does not end the newer one, whichever the select takes first",
    () => import("./many-routines.ts"),
    () => import("./solutions/many-routines.ts"),
    async ({ worker }) => {
      // A select with a job and a done ready takes one by chance: low picks the first, high the last.
      for (const random of [() => 0, () => 0.999]) {
        const bar = await bubble(() => blueAtTheEnd(worker), { random });
        if (bar !== "BBB") return `BLUE came last, and the bar reads ${bar}`;
      }
      return undefined;
    },
  ),
  "what-broadcast-cannot-do": exercise(
    "of two nodes that cancel each other, exactly the older one stops",
    () => import("./what-broadcast-cannot-do.ts"),
    () => import("./solutions/what-broadcast-cannot-do.ts"),
    async ({ cancelFor, stopsFor }) => {
      const purple: Command = { area, shirt: "purple", revision: 1 };
      const blue: Command = { area, shirt: "blue", revision: 2 };
      if (!stopsFor(cancelFor(blue, "n2"), purple, "n1")) return "PURPLE goes on although BLUE is newer";
      if (stopsFor(cancelFor(purple, "n1"), blue, "n2")) return "BLUE stops for the older PURPLE";
      if (stopsFor(cancelFor(blue, "n1"), blue, "n1")) return "BLUE stops for its own cancel";
      const green: Command = { area: "south-america", shirt: "green", revision: 9 };
      if (stopsFor(cancelFor(green, "n2"), purple, "n1")) return "a cancel for another area stops PURPLE";
      return undefined;
    },
  ),
};
