import { play } from "@shirts/basics/play";
import { type Chan, chan, sleep, WaitGroup } from "@shirts/chan";
import { counted, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

interface World {
  readonly jobs: Chan<string>;
  readonly stop: Chan<never>;
}

/** What happens beside the worker, and which jobs it paints. A job takes 100 ms. */
const cases: readonly {
  readonly what: string;
  readonly before: (world: World) => void;
  readonly after: (world: World) => Promise<void>;
  readonly wanted: number;
}[] = [
  ...[1, 2, 5].map((n) => ({
    what: `${counted(n, "job")} and the stop were there before the worker`,
    before({ jobs, stop }: World) {
      for (let job = 1; job <= n; job++) jobs.trySend(`job ${job}`);
      stop.close();
    },
    async after() {},
    wanted: 0,
  })),
  {
    what: "a job came, and the stop at the same moment",
    before() {},
    async after({ jobs, stop }) {
      await sleep(10);
      jobs.trySend("job 1");
      stop.close();
    },
    wanted: 0,
  },
  {
    what: "the stop came while job 2 was painted, and five jobs waited",
    before({ jobs }) {
      for (let job = 1; job <= 7; job++) jobs.trySend(`job ${job}`);
    },
    async after({ stop }) {
      await sleep(150);
      stop.close();
    },
    wanted: 2,
  },
  {
    what: "the stop came while the worker waited for a job",
    before() {},
    async after({ stop }) {
      await sleep(10);
      stop.close();
    },
    wanted: 0,
  },
  {
    what: "three jobs came, and no stop",
    before({ jobs }) {
      for (let job = 1; job <= 3; job++) jobs.trySend(`job ${job}`);
      jobs.close();
    },
    async after() {},
    wanted: 3,
  },
];

const asleep = "the worker must return when the stop is closed, and when the jobs are";

export const stopFirst = exercise({
  task: `A worker waits for a job or for a stop. When both are there, select tosses a coin, and often one more job begins.
Let no job begin after the stop. One line is missing.`,
  law: "once the stop is closed no job begins, whatever the coin says, and without a stop each job is painted",
  hints: [
    "The case that you write first does not go first. So another order of the cases does not help.",
    "When the job has won, the stop may be there as well. Ask for it, without waiting.",
    "`stop.tryRecv()` is `undefined` while the stop is open. Ask after the select, before the work.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ worker }) {
    for (const { what, before, after, wanted } of cases) {
      const painted: string[] = [];
      await tried({ asleep }, async () => {
        const world: World = { jobs: chan(9), stop: chan() };
        before(world);
        const group = new WaitGroup();
        group.go(() =>
          worker(world.jobs, world.stop, async (job) => {
            painted.push(job);
            await sleep(100);
          }),
        );
        await after(world);
        await group.wait();
      });
      const extra = painted[wanted];
      if (extra !== undefined)
        return `${what}, and the worker began ${extra}: a select whose cases are both ready has no order, so ask for the stop once more before the work`;
      if (painted.length < wanted) return `${what}, and only ${painted.length} of ${wanted} were painted`;
    }
    return undefined;
  },
});
