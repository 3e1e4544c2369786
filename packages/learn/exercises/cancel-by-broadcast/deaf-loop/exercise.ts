import { chan, go, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import type { ClusterTools, Job } from "@shirts/story";
import { type Played, played, tell } from "../../support/cluster.ts";

interface Day extends Played {
  /** The shirts whose jobs the worker took while another one was in its hands. */
  readonly tooEarly: readonly string[];
}

/** Hands on each job, and notices one that is taken before the ack of the last one. */
function watched(tools: ClusterTools, tooEarly: string[]): ClusterTools {
  const jobs = chan<Job>();
  let inHand = 0;
  go(async () => {
    for await (const job of tools.jobs) {
      await jobs.send({
        ...job,
        ack() {
          inHand--;
          job.ack();
        },
      });
      if (inHand++ > 0) tooEarly.push(job.command.shirt.toUpperCase());
    }
    jobs.close();
  });
  return { ...tools, jobs };
}

async function story(worker: (tools: ClusterTools) => Promise<void>, cancelMs: number): Promise<Day> {
  const tooEarly: string[] = [];
  const it = await played(async (cluster) => {
    go(worker, watched(cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 2 }), tooEarly));
    await cluster.command("purple");
    await cluster.command("green", "south-america");
    await sleep(cancelMs);
    cluster.broadcast({ area: "north-america", consumerId: "n2" });
    await sleep(500);
  });
  return { ...it, tooEarly };
}

export const deafLoop = exercise({
  task: `The worker is busy with PURPLE, and GREEN's job waits for the semaphore: inside the loop, so nobody hears the cancel for PURPLE.
Let the loop wait only in its select. One job at a time, as before.`,
  law: "a worker that is busy, with a job waiting for it, hears a cancel at once; and it does one job at a time",
  hints: [
    "Where does the loop wait, apart from its select? While it waits there, it is deaf.",
    "A case that is `false` is off. Switch the jobs off while a routine runs.",
    "You need a third case: the routine's end. `job: !isBusy && receiving(jobs)`, and `done: receiving(done)` switches it on again.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ worker }, print) {
    tell(await story(worker, 35), print);
  },
  async complaint({ worker }) {
    for (const [cancelMs, steps] of [
      [35, 3],
      [72, 7],
    ] as const) {
      const { cluster, stopped, tooEarly } = await story(worker, cancelMs);
      const { log } = cluster;
      const shirts = log.flatMap((event) => (event.type === "painted" ? [event.command.shirt] : []));
      // One after the other, there is one change of colour.
      const both = shirts.filter((shirt, i) => i > 0 && shirt !== shirts[i - 1]).length > 1;
      if (both)
        return "GREEN and PURPLE are painted side by side by one worker: in v2 a worker that is busy takes no second job";
      if (stopped) return stopped;
      const [north, south] = [cluster.bar(), cluster.bar("south-america")];
      const wanted = "P".repeat(steps).padEnd(10, ".");
      if (!log.some((event) => event.type === "cancel sent"))
        return "the worker tells nobody that it has a job, so other nodes go on with older ones";
      if (north === "..........") return "nobody paints PURPLE, and its cancel came much later";
      if (north !== wanted)
        return `another node's cancel comes at ${cancelMs} ms, after ${steps} steps, and North America reads ${north}: the worker did not hear it in time`;
      const acks = log.flatMap((event) => (event.type === "acked" ? [event.command.shirt] : []));
      if (!acks.includes("purple"))
        return "PURPLE is stopped and never acked: the broker gives it away again";
      if (south !== "GGGGGGGGGG")
        return `PURPLE is stopped, and then it should be GREEN's turn, but South America reads ${south}`;
      if (!acks.includes("green")) return "GREEN is painted and never acked";
      if (tooEarly.length > 0)
        return `the worker takes ${tooEarly[0]}'s job while it is busy with another one, and keeps it in its hands: no other node can have it meanwhile. A worker that is busy takes no job`;
    }
    return undefined;
  },
});
