import { chan, go, sleep } from "@shirts/chan";
import { bubble, DeadlockError } from "@shirts/chan/testing";
import { InMemoryCluster } from "@shirts/cluster/testing";
import { exercise } from "@shirts/learn/exercise";
import type { Command, Job, Tools } from "@shirts/story";
import { tell } from "../../support/cluster.ts";

type Worker = (tools: Tools) => Promise<void>;

/** What comes after PURPLE: BLUE, or PURPLE once more. A shirt is no name of a job. */
const purple: Command = { area: "north-america", shirt: "purple", revision: 1 };
const seconds: readonly Command[] = [
  { area: "north-america", shirt: "blue", revision: 2 },
  { area: "north-america", shirt: "purple", revision: 3 },
];
const nameOf = ({ shirt, revision }: Command) =>
  shirt === "blue" ? "BLUE" : `${shirt.toUpperCase()}, revision ${revision},`;

/** PURPLE's ack, in the very event-loop turn in which it ends, brings the second: the loop finds a job and a done together. */
async function story(
  worker: Worker,
  coin: number,
  second: Command,
): Promise<{ cluster: InMemoryCluster; stopped: string | undefined; acked: Command[] }> {
  const cluster = new InMemoryCluster(3);
  const acked: Command[] = [];
  let isHome = false;
  const play = async () => {
    const jobs = chan<Job>(3);
    const job = (command: Command, then = () => {}): Job => ({
      command,
      redelivered: false,
      ack() {
        acked.push(command);
        then();
      },
    });
    await jobs.send(job(purple, () => jobs.trySend(job(second))));
    await jobs.send(job({ area: "south-america", shirt: "green", revision: 1 }));
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
    for (const coin of [0, 0.999]) tell(await story(worker, coin, seconds[0] as Command), print);
  },
  async complaint({ worker }) {
    for (const second of seconds) {
      const complaint = (await complaintOf(worker, second)) ?? (await early(worker, second));
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  },
});

async function complaintOf(worker: Worker, second: Command): Promise<string | undefined> {
  for (const coin of [0, 0.999]) {
    const { cluster, stopped, acked } = await story(worker, coin, second);
    const first = coin === 0 ? "the job" : "the done";
    const steps = cluster.log.filter(
      (event) => event.type === "painted" && event.command.revision === second.revision,
    ).length;
    if (acked.includes(second) && steps < 3)
      return `the select takes ${first} first: ${nameOf(second)} is stopped after ${steps} of 3 steps by the done of PURPLE, acks, and nobody paints the rest`;
    if (steps < 3 || cluster.bar() !== (second.shirt[0] ?? "").toUpperCase().repeat(3))
      return `the select takes ${first} first: ${nameOf(second)} came last, and the bar reads ${cluster.bar()}${stopped ? ` (${stopped})` : ""}`;
    if (cluster.bar("south-america") !== "GGG")
      return `South America reads ${cluster.bar("south-america")}, and GREEN should be there`;
    if (!acked.includes(second) || acked.length < 3)
      return `only ${acked.length} of 3 jobs are acked when the worker ends: it forgot a routine that still ran`;
    if (stopped) return stopped;
  }
  return undefined;
}

/** The queue closes while the second still runs: the worker must wait for it. */
async function early(worker: Worker, second: Command): Promise<string | undefined> {
  for (const coin of [0, 0.999]) {
    const cluster = new InMemoryCluster(3);
    let isAcked = false;
    let isTooEarly = false;
    await bubble(
      async () => {
        const jobs = chan<Job>(3);
        const next: Job = {
          command: second,
          redelivered: false,
          ack() {
            isAcked = true;
          },
        };
        const ack = () => {
          jobs.trySend(next);
          jobs.close();
        };
        await jobs.send({ command: purple, redelivered: false, ack });
        go(async () => {
          await worker({ ...cluster.addWorker({ name: "n1", paceMs: 10 }), jobs });
          isTooEarly = !isAcked;
        });
        await sleep(200);
      },
      { random: () => coin },
    );
    if (isTooEarly)
      return `the queue is closed while ${nameOf(second)} runs, and the worker ends before it: the done of PURPLE, revision 1, took it out of the map`;
  }
  return undefined;
}
