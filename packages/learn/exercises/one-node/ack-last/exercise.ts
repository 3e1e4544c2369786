import { sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import type { Tools } from "@shirts/story";
import { type Played, played, tell } from "../../support/cluster.ts";

const PACE_MS = 10;
/** The table's answer takes its time, so a step that is sent has not landed yet. */
const TABLE_MS = 4;

function story(worker: (tools: Tools) => Promise<void>): Promise<Played> {
  return played(async (cluster) => {
    await cluster.command("purple");
    await cluster.command("green", "south-america");
    cluster.close();
    const tools = cluster.addWorker({ name: "n1", paceMs: PACE_MS });
    await worker({
      ...tools,
      async paint(command, step) {
        if (cluster.log.length > 200) throw new Error("200 steps are painted, and no end");
        await sleep(TABLE_MS);
        return tools.paint(command, step);
      },
    });
  });
}

export const ackLast = exercise({
  task: `This worker acks a job before it paints. When its node dies in the middle, the broker has forgotten the job.
Move one line, so that a job that is acked is painted to its last step.`,
  law: "a job is acked once, when all of its steps have landed in the table",
  hints: [
    'An ack means "you may forget this job". When is that true?',
    "After the last step, not after the first one: outside of the inner loop.",
    "`job.ack()` stands below the inner loop, and inside the outer one.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ worker }, print) {
    tell(await story(worker), print);
  },
  async complaint({ worker }) {
    const { cluster, stopped } = await story(worker);
    for (const area of ["north-america", "south-america"] as const) {
      const own = cluster.log.filter((event) => "command" in event && event.command.area === area);
      const ackAt = own.findIndex(({ type }) => type === "acked");
      const before = own.slice(0, ackAt === -1 ? undefined : ackAt);
      const steps = before.flatMap((event) => (event.type === "painted" ? [event.step] : []));
      const landed = new Set(steps).size;
      const twice = steps.find((step, i) => steps.indexOf(step) < i);
      if (twice !== undefined && landed < cluster.steps)
        return `step ${twice} is painted ${steps.filter((step) => step === twice).length} times, and ${cluster.steps - landed} steps never: each step has its own people`;
      if (ackAt === -1 && landed === cluster.steps)
        return `all steps of ${area} have landed, and the job is never acked: the broker waits for that, gives this node no other job, and gives this one away again when the node ends`;
      if (landed < cluster.steps && ackAt !== -1)
        return `the job of ${area} is acked when ${landed} of ${cluster.steps} steps have landed. If the node dies now, nobody paints the others`;
      if (landed < cluster.steps)
        return `${landed} of ${cluster.steps} steps of ${area} are painted${stopped ? `: ${stopped}` : ""}`;
    }
    return stopped && `both jobs are done, and the worker does not come to its end: ${stopped}`;
  },
});
