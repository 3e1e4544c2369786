import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { FencedTools } from "@shirts/story";
import { InMemoryCluster } from "./in-memory-cluster.ts";

/**
 * Lets a worker drain while one of its routines is stopped in the middle of a step. Resolves with the events up to the
 * worker's end. The last thing must be the ack: without it the job comes again.
 */
export function drainInStep(worker: (tools: FencedTools) => Promise<void>): Promise<InMemoryCluster["log"]> {
  return bubble(async () => {
    const cluster = new InMemoryCluster();
    const tools = cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 });
    const paint: typeof tools.paint = async (command, step) => {
      await sleep(4);
      return tools.paint(command, step);
    };
    const working = worker({ ...tools, paint });
    await cluster.command("purple");
    await sleep(37);
    cluster.close();
    cluster.broadcast({ area: "north-america", consumerId: "n2", revision: 2 });
    await sleep(4);
    await working;
    return cluster.log;
  });
}
