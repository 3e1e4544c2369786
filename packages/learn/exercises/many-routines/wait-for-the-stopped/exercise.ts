import { after, go, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import type { ClusterTools } from "@shirts/story";
import { type Played, played, tell } from "../../support/cluster.ts";

type Worker = (tools: ClusterTools) => Promise<void>;

interface Ended extends Played {
  /** Jobs that were taken and not acked when the worker ended. */
  readonly open: readonly string[];
  /** From the last ack to the worker's end. */
  readonly lateMs: number;
  readonly acked: readonly string[];
}

async function story(worker: Worker, tableMs: number, isAlone = false): Promise<Ended> {
  const taken: string[] = [];
  const acked: string[] = [];
  let open: string[] = [];
  let [ackedAt, endedAt] = [0, 0];
  const now = async () => (await after(0).recv())[0] ?? 0;
  const it = await played(async (cluster) => {
    const tools = cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 });
    go(async () => {
      await cluster.command("blue");
      taken.push("blue");
      if (!isAlone) {
        await cluster.command("green", "south-america");
        taken.push("green");
      }
      await sleep(15);
      cluster.broadcast({ area: "north-america", consumerId: "n2" });
      await sleep(3);
      cluster.close();
    });
    await worker({
      ...tools,
      async paint(command, step) {
        await sleep(tableMs);
        await tools.paint(command, step);
        ackedAt = await now();
      },
    });
    endedAt = await now();
    for (const event of cluster.log) if (event.type === "acked") acked.push(event.command.shirt);
    open = taken.filter((shirt) => !acked.includes(shirt));
    // What a process has not done when its main ends is never done; here only to see whether the acks ever come.
    await sleep(10_000);
    for (const event of cluster.log)
      if (event.type === "acked" && !acked.includes(event.command.shirt)) acked.push(event.command.shirt);
  });
  return { ...it, open, acked, lateMs: endedAt - ackedAt };
}

export const waitForTheStopped = exercise({
  task: `A node is told to end: its queue is closed. BLUE was stopped and has left the map, but its last step is still on its way.
Let the worker end when all of its routines have ended, those that were stopped, too. Import WaitGroup: it counts them.`,
  law: "when the worker ends, each job that it has taken is acked; and it does not wait any longer than that",
  hints: [
    "Which routines does the map not know? Those that were stopped.",
    "`routines.go(() => dowork(...))` starts a routine and counts it.",
    "`await routines.wait();` at the end of the worker.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ worker }, print) {
    const it = await story(worker, 40);
    tell(it, print);
    print(`when the worker ended, not acked: ${it.open.join(", ") || "nothing"}`);
  },
  async complaint({ worker }) {
    for (const [tableMs, isAlone] of [
      [5, false],
      [40, true],
      [40, false],
      [900, false],
      [900, true],
    ] as const) {
      const { cluster, stopped, open, lateMs, acked } = await story(worker, tableMs, isAlone);
      if (stopped) return stopped;
      if (open.length > 0)
        return acked.length === 0
          ? `${open[0]?.toUpperCase()} is taken and never acked, so the broker gives it away again`
          : `a step needs ${tableMs} ms in the table. The worker ends, and ${open.join(" and ").toUpperCase()} ${open.length > 1 ? "are" : "is"} not acked yet: the process ends with it, and the broker redelivers what is done`;
      const bar = cluster.bar();
      if (bar === "BBBBBBBBBB")
        return "BLUE was cancelled, and it is painted to its last step: the worker did not hear the cancel";
      if (!isAlone && cluster.bar("south-america") !== "GGGGGGGGGG")
        return `nobody stopped GREEN, and South America reads ${cluster.bar("south-america")}`;
      if (lateMs > 10)
        return `a step needs ${tableMs} ms. All routines have ended, and the worker ends ${lateMs} ms later: it waits for the clock, not for them`;
    }
    return undefined;
  },
});
