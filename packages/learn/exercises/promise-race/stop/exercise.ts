import { play } from "@shirts/basics/play";
import { chan, sleep, WaitGroup } from "@shirts/chan";
import { differs, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** When jobs come, in milliseconds, and when the stop does: with two jobs before it, with none, between two jobs. */
const cases = [
  { jobs: [10, 20], stop: 30 },
  { jobs: [], stop: 10 },
  { jobs: [0, 0, 0, 0, 0], stop: 1 },
  { jobs: [5], stop: 5000 },
];

export const stop = exercise({
  task: `A worker races its jobs against a stop. It stops as it is told, and one more job vanishes in its name.
Let it stop without taking that job.`,
  law: "a worker does each job that comes before the stop, ends at the stop, and takes no job afterwards",
  hints: [
    "When the stop wins the race, `jobs.recv()` has been called already.",
    "Choose among questions, and not among answers.",
    "`select` with two cases. Both may end: `ok` is false when a chan is closed.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ worker }) {
    for (const { jobs: moments, stop: stopMs } of cases) {
      let untaken = 0;
      let isSwallowed = false;
      let late = false;
      const asleep = `the stop came after ${moments.length} jobs, and the worker did not hear it: it must wait for a job and for the stop at the same time`;
      const spins = "the stop is closed, so it is always ready: return when it has won";
      const { lines } = await tried({ asleep, spins }, async (print) => {
        const [jobs, stop] = [chan<string>(), chan<never>()];
        const group = new WaitGroup();
        let isHome = false;
        group.go(async () => {
          await worker(jobs, stop, print);
          isHome = true;
        });
        let now = 0;
        for (const [n, ms] of moments.entries()) {
          await sleep(ms - now);
          now = ms;
          await sleep(0);
          if (!jobs.trySend(`job ${n + 1}`)) untaken = untaken || n + 1;
        }
        await sleep(stopMs - now);
        stop.close();
        await sleep(0);
        late = !isHome;
        isSwallowed = jobs.trySend("one more job");
        await group.wait();
      });
      if (untaken > 0)
        return `job ${untaken} came, and the worker did not listen, though nobody had said stop: take each job as it comes`;
      const did = lines.filter((line) => line.startsWith("does "));
      const wanted = moments.map((_, n) => `does job ${n + 1}`);
      const complaint = differs(`the jobs before the stop`, did, wanted);
      if (complaint !== undefined) return complaint;
      if (late)
        return "the stop came, and the worker went on waiting: it must hear the stop while it waits for a job";
      if (isSwallowed)
        return "one more job was taken after the stop, and nobody does it: the race is over, and the recv that lost still stands in the queue";
      if (lines.at(-1) !== "stops")
        return `the last line should be "stops", and is ${JSON.stringify(lines.at(-1))}`;
    }
    return undefined;
  },
});
