import { after, type Chan, chan, go, type RecvChan, receiving, select, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import type { Job, Tools } from "@shirts/story";
import { type Played, played, tell } from "../../support/cluster.ts";

type Walk = (job: Job, stop: RecvChan<never>, tools: Tools) => Promise<void>;
const PACE_MS = 20;
const NEVER = 100_000;

interface Walked extends Played {
  /** From the stop to the ack. */
  readonly lateMs: number;
  /** Whether somebody waits for the stop when the walk is over. */
  readonly isWaiting: boolean;
}

/** On a busy node the table needs the time of a step, and the next one is due when the walk asks for its pace. */
async function walk(dowork: Walk, stopMs: number, busyCoins?: number): Promise<Walked> {
  let lateMs = Number.NaN;
  let isWaiting = false;
  const it = await played(async (cluster) => {
    const tools = cluster.addWorker({ name: "n1", paceMs: PACE_MS });
    await cluster.command("purple");
    cluster.close();
    const [job] = await tools.jobs.recv();
    if (!job) return;
    const stop = chan<never>();
    for (let coin = 0; coin < (busyCoins ?? 0); coin++) await tossCoin();
    const [begin = 0] = await after(0).recv();
    go(async () => {
      await sleep(stopMs);
      stop.close();
    });
    await dowork(job, stop, busyCoins === undefined ? tools : busy(tools));
    const [end = 0] = await after(0).recv();
    lateMs = end - begin - stopMs;
    if (lateMs < 0) isWaiting = (stop as unknown as Chan<string>).trySend("a stop, too late");
  });
  return { ...it, lateMs, isWaiting };
}

/** Coins fall in a fixed order: one more toss, and the walk's own select gets the next one. */
async function tossCoin(): Promise<void> {
  const closed = chan<never>();
  closed.close();
  await select({ heads: receiving(closed), tails: receiving(closed) });
}

function busy(tools: Tools): Tools {
  return {
    ...tools,
    pace() {
      const isDue = chan<true>(1);
      isDue.trySend(true);
      return isDue;
    },
    async paint(command, step) {
      await sleep(PACE_MS);
      return tools.paint(command, step);
    },
  };
}

export const interruptibleSleep = exercise({
  task: `A stop that comes while the soldier sleeps is seen when the sleep is over. With long steps that is long.
Let the walk wait for \`stop\` and \`pace()\` at once. A stop that comes together with the pace wins: no step after it.`,
  law: "a stop ends the walk in the same millisecond, no step is painted after it, and the job is acked",
  hints: [
    "What waits for two chans at once? You need one more import.",
    "`await select({ stop: receiving(stop), pace: receiving(pace()) })` in place of the sleep.",
    "Keep the `trySelect` behind it: when both are ready, select tosses a coin.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ dowork }, print) {
    const it = await walk(dowork, 50);
    tell(it, print);
    print(`the stop came at 50 ms, and the walk ended ${it.lateMs} ms later`);
  },
  async complaint({ dowork }) {
    const whole = await walk(dowork, NEVER);
    if (whole.stopped) return `without a stop: ${whole.stopped}`;
    if (whole.cluster.bar() !== "P".repeat(10))
      return `without a stop the walk should paint all ten steps, and the bar reads ${whole.cluster.bar()}`;
    if (whole.isWaiting)
      return "the walk is over, and somebody of it still waits for the stop: a recv that has lost a race stays at the chan, one more with each step, and only a select takes its own back";
    for (const stopMs of [5, 50, 59, 60, 100, 120, 140, 190]) {
      const { cluster, stopped, lateMs } = await walk(dowork, stopMs);
      if (stopped) return `the stop comes at ${stopMs} ms: ${stopped}`;
      const steps = cluster.log.filter(({ type }) => type === "painted").length;
      const before = Math.floor(stopMs / PACE_MS);
      // In the very millisecond of a step either may be first.
      const isTie = stopMs % PACE_MS === 0;
      if (steps > before)
        return `the stop comes at ${stopMs} ms, after ${before} steps, and ${steps} are painted: one landed after the stop`;
      if (steps < before - (isTie ? 1 : 0))
        return `the stop comes at ${stopMs} ms, and only ${steps} of ${before} steps were painted before it`;
      if (lateMs > 0)
        return `the stop comes at ${stopMs} ms, and the walk ends ${lateMs} ms later: it slept on, and could not hear it`;
      if (!cluster.log.some(({ type }) => type === "acked"))
        return "a job that is stopped is never acked: the broker gives it away again, and somebody paints PURPLE once more";
    }
    for (const coins of [0, 1, 2]) {
      const { cluster, stopped } = await walk(dowork, 50, coins);
      if (stopped) return `on a busy node: ${stopped}`;
      const steps = cluster.log.filter(({ type }) => type === "painted").length;
      if (steps > 3)
        return `the stop comes at 50 ms, while step 3 is on its way to the table, and ${steps} steps are painted: stop and pace were both ready, the select tossed a coin, and one step landed after the stop`;
    }
    return undefined;
  },
});
