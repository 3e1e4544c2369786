import { chan, go, sleep } from "@shirts/chan";
import { bubble, DeadlockError } from "@shirts/chan/testing";
import { InMemoryCluster } from "@shirts/cluster/testing";
import { exercise } from "@shirts/learn/exercise";
import type { Area, Colour, Job, Tools } from "@shirts/story";
import { tell } from "../../support/cluster.ts";

type Worker = (tools: Tools) => Promise<void>;

/** PURPLE's ack, in the very event-loop turn in which it ends, brings BLUE: the loop finds a job and a done together. */
async function story(
  worker: Worker,
  coin: number,
): Promise<{ cluster: InMemoryCluster; stopped: string | undefined; acked: string[] }> {
  const cluster = new InMemoryCluster(3);
  const acked: string[] = [];
  let isHome = false;
  const play = async () => {
    const jobs = chan<Job>(3);
    const job = (shirt: Colour, revision: number, area: Area, then = () => {}): Job => ({
      command: { area, shirt, revision },
      redelivered: false,
      ack() {
        acked.push(shirt);
        then();
      },
    });
    await jobs.send(job("purple", 1, "north-america", () => jobs.trySend(job("blue", 2, "north-america"))));
    await jobs.send(job("green", 1, "south-america"));
    go(async () => {
      await worker({ ...cluster.addWorker({ name: "n1", paceMs: 10 }), jobs });
      isHome = true;
    });
    await sleep(200);
    jobs.close();
    await sleep(200);
  };
  let stopped: string | undefined;
  try {
    // A select with a job and a done ready takes one by chance: low picks the first, high the last.
    await bubble(play, { random: () => coin });
    if (!isHome)
      stopped =
        "all jobs are done and the queue is closed, and the worker waits on: it still believes that a routine runs, since nobody told it that one is done";
  } catch (error) {
    stopped = error instanceof DeadlockError ? "the worker waits for ever" : (error as Error).message;
  }
  return { cluster, stopped, acked };
}

export const doneSaysWhich = exercise({
  task: `PURPLE is done, and in the same moment BLUE takes its place in the map. Then comes PURPLE's done, which names only the area.
The loop stops BLUE for it. Let a done say which routine it means, and forget only that one.`,
  law: "the done of an older routine does not end the newer one, whichever the select takes first; and the worker comes to its end",
  hints: [
    "A message about a routine carries the routine, never only its key: `chan<Routine>()`.",
    "`await done.send(routine)`, and in the loop `it.value` is that routine.",
    "Forget it only when it is still there: `if (running.get(area) === it.value) running.delete(area)`. It needs no stop: it is done.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ worker }, print) {
    for (const coin of [0, 0.999]) tell(await story(worker, coin), print);
  },
  async complaint({ worker }) {
    for (const coin of [0, 0.999]) {
      const { cluster, stopped, acked } = await story(worker, coin);
      const first = coin === 0 ? "the job" : "the done";
      const blue = cluster.log.filter(
        (event) => event.type === "painted" && event.command.shirt === "blue",
      ).length;
      if (acked.includes("blue") && blue < 3)
        return `the select takes ${first} first: BLUE is stopped after ${blue} of 3 steps by PURPLE's done, acks, and nobody paints the rest`;
      if (cluster.bar() !== "BBB")
        return `the select takes ${first} first: BLUE came last, and the bar reads ${cluster.bar()}${stopped ? ` (${stopped})` : ""}`;
      if (cluster.bar("south-america") !== "GGG")
        return `South America reads ${cluster.bar("south-america")}, and GREEN should be there`;
      if (!acked.includes("blue") || acked.length < 3)
        return `only ${acked.length} of 3 jobs are acked when the worker ends: it forgot a routine that still ran`;
      if (stopped) return stopped;
    }
    // A done that names the area alone makes the loop end while the newer routine runs.
    return await early(worker);
  },
});

/** The queue closes while BLUE still runs: the worker must wait for it. */
async function early(worker: Worker): Promise<string | undefined> {
  for (const coin of [0, 0.999]) {
    const cluster = new InMemoryCluster(3);
    let isAcked = false;
    let isTooEarly = false;
    await bubble(
      async () => {
        const jobs = chan<Job>(3);
        const command = (shirt: Colour, revision: number) => ({
          area: "north-america" as const,
          shirt,
          revision,
        });
        const blue: Job = {
          command: command("blue", 2),
          redelivered: false,
          ack() {
            isAcked = true;
          },
        };
        const ack = () => {
          jobs.trySend(blue);
          jobs.close();
        };
        await jobs.send({ command: command("purple", 1), redelivered: false, ack });
        go(async () => {
          await worker({ ...cluster.addWorker({ name: "n1", paceMs: 10 }), jobs });
          isTooEarly = !isAcked;
        });
        await sleep(200);
      },
      { random: () => coin },
    );
    if (isTooEarly)
      return "the queue is closed while BLUE runs, and the worker ends before it: PURPLE's done took BLUE out of the map";
  }
  return undefined;
}
