/** The story as a program for chan's `explore`: PURPLE, then BLUE, and two workers. */
import { sleep } from "@shirts/chan";
import type { FencedTools } from "@shirts/story";
import { InMemoryCluster, type WorkerSettings } from "./in-memory-cluster.ts";

/** Throws unless everybody wears BLUE in the end. A cancel takes as long as a step: each of them may come first. */
export function twoCommands(
  worker: (tools: FencedTools) => Promise<void>,
  settings: Pick<WorkerSettings, "prefetch" | "fenced">,
): () => Promise<void> {
  return async () => {
    const cluster = new InMemoryCluster(2);
    const workers = ["n1", "n2"].map((name) =>
      worker(cluster.addWorker({ name, paceMs: 10, cancelMs: 10, ...settings })),
    );
    await cluster.command("purple");
    await sleep(0);
    await cluster.command("blue");
    cluster.close();
    await Promise.all(workers);
    if (cluster.bar() !== "BB") throw new Error(`BLUE was the last, and people wear ${cluster.bar()}`);
  };
}
