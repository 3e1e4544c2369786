import { play } from "@shirts/basics/play";
import { chan, go, sleep, WaitGroup } from "@shirts/chan";
import { counted, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";
import { type CountingController, countingController } from "./signal.ts";

type Worker = typeof import("./given.ts").worker;

/** Lets the worker do `jobs` jobs, and closes the chan. */
async function countListeners(worker: Worker, jobs: number): Promise<string | undefined> {
  const controller = countingController();
  let [most, done] = [0, 0];
  await tried({ asleep: "the jobs are closed, and the worker waits for the signal still" }, async () => {
    const c = chan<string>();
    go(async () => {
      for (let n = 1; n <= jobs; n++) {
        await sleep(1);
        await c.send(`job ${n}`);
      }
      c.close();
    });
    await worker(c, controller.signal, async () => {
      done++;
      most = Math.max(most, controller.count());
    });
  });
  if (done !== jobs) return `${jobs} jobs came, no stop, and the worker did ${done}`;
  if (most > 2)
    return `after ${counted(jobs, "job")} the signal had ${most} listeners: each of them holds its turn of the loop in memory, for as long as the signal lives`;
  if (controller.count() > 0)
    return `the worker has ended, and the signal still knows ${controller.count()} of its listeners: who adds a listener takes it away`;
  return undefined;
}

/** Aborts before the worker begins, while it waits, or while it works. Then one more job is offered. */
async function abortAt(worker: Worker, when: "before it began" | "while it waited" | "during a job") {
  const controller: CountingController = countingController();
  let [done, isSwallowed] = [0, false];
  const asleep = `the signal aborted ${when}, and the worker waits still: an event that is over comes to no new listener`;
  await tried({ asleep }, async () => {
    const jobs = chan<string>(5);
    if (when === "before it began") controller.abort();
    if (when === "during a job") for (const job of ["job 1", "job 2"]) jobs.trySend(job);
    const group = new WaitGroup();
    group.go(() =>
      worker(jobs, controller.signal, async () => {
        done++;
        await sleep(100);
      }),
    );
    await sleep(50);
    if (when !== "before it began") controller.abort();
    await group.wait();
    const left = jobs.len;
    jobs.trySend("one more job");
    await sleep(1);
    isSwallowed = jobs.len === left;
  });
  const wanted = when === "during a job" ? 1 : 0;
  if (done !== wanted)
    return `the signal aborted ${when}, and ${counted(done, "job")} were done: it should be ${wanted}`;
  return isSwallowed
    ? `the signal aborted ${when}, and one more job was taken, which nobody does`
    : undefined;
}

export const listeners = exercise({
  task: `Spot the mistake, which libraries with millions of users had (sindresorhus/p-retry#71): "MaxListenersExceededWarning: Possible EventTarget memory leak".
Let the worker do all its jobs with one listener at most, leave none behind, and take no job after the abort.`,
  law: "however many jobs there are, the signal has one listener, and none when the worker has ended",
  hints: [
    "The line with `addEventListener` stands in the loop. Who removes what it adds?",
    "One listener may close a chan. Then the loop is a select, as in the exercise before.",
    "An abort that is over comes to no new listener: look at `signal.aborted` first. At the end: `removeEventListener`, with the same function.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ worker }) {
    return (
      (await countListeners(worker, 3)) ??
      (await countListeners(worker, 40)) ??
      (await abortAt(worker, "while it waited")) ??
      (await abortAt(worker, "during a job")) ??
      (await abortAt(worker, "before it began"))
    );
  },
});
