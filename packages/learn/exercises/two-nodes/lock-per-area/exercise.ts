import { type Chan, chan, go, sleep, WaitGroup } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import type { Tools } from "@shirts/story";
import { type Played, played, tell } from "../../support/cluster.ts";

type Worker = (tools: Tools, lock: Chan<true>) => Promise<void>;
const paces: readonly (readonly [number, number])[] = [
  [30, 10],
  [10, 30],
  [20, 20],
];

function story(worker: Worker, [first, second]: readonly [number, number]): Promise<Played> {
  return played(async (cluster) => {
    const lock = chan<true>(1);
    const nodes = new WaitGroup();
    const limited = (name: string, paceMs: number): Tools => {
      const tools = cluster.addWorker({ name, paceMs });
      return {
        ...tools,
        async paint(command, step) {
          if (cluster.log.length > 200) throw new Error("200 steps are painted, and no end");
          return tools.paint(command, step);
        },
      };
    };
    nodes.go(() => worker(limited("n1", first), lock));
    nodes.go(() => worker(limited("n2", second), lock));
    go(async () => {
      await cluster.command("purple");
      await sleep(95);
      await cluster.command("blue");
      cluster.close();
    });
    await nodes.wait();
    if (lock.tryRecv()) throw new Error("both nodes are done, and the lock was not given back");
  });
}

export const lockPerArea = exercise({
  task: `A lock for the area, and two nodes. This worker takes the lock for each step anew, so BLUE overtakes all the same.
Move two lines: hold the lock for the whole job, and give it back.`,
  law: "while one node walks, no other one paints; in the end everybody wears BLUE, and the lock is free",
  hints: [
    "What may happen between two steps, while nobody has the lock?",
    "Take the lock before the first step.",
    "`await lock.send(true)` stands above the inner loop, `await lock.recv()` below it.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ worker }, print) {
    tell(await story(worker, [30, 10]), print);
  },
  async complaint({ worker }) {
    for (const pair of paces) {
      const { cluster, stopped } = await story(worker, pair);
      const steps = cluster.log.flatMap((event) => (event.type === "painted" ? [event] : []));
      const back = steps.findIndex(
        (event, i) => event.command.revision < (steps[i - 1]?.command.revision ?? 0),
      );
      if (back !== -1)
        return `${steps[back - 1]?.node} paints BLUE, and after it ${steps[back]?.node} paints PURPLE: somebody took the lock between two steps of one job`;
      if (stopped?.startsWith("it waits"))
        return `somebody waits for ever: ${stopped.replace("it waits for ever", "a lock that is taken and never given back stops every other node")}`;
      if (stopped) return stopped;
      const unacked = cluster.log.filter(({ type }) => type === "acked").length < 2;
      if (unacked) return "a job is never acked, so the broker gives it away again when its node ends";
      if (cluster.bar() !== "B".repeat(cluster.steps))
        return `the bar reads ${cluster.bar()}: not everybody wears BLUE`;
    }
    return undefined;
  },
});
