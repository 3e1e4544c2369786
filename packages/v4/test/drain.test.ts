import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import { InMemoryCluster } from "@shirts/cluster/testing";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

test("a worker that drains ends after the ack of a routine that was stopped, not before", () =>
  bubble(async () => {
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
    expect(cluster.log.at(-1)).toMatchObject({ type: "acked" });
  }));
