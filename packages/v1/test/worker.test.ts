import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import { InMemoryCluster, slowSteps } from "@shirts/cluster/testing";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

test("jobs are done one after the other, in the order of the queue", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    await cluster.command("purple");
    await cluster.command("blue");
    cluster.close();
    await worker(cluster.addWorker({ name: "n1", paceMs: 10 }));
    expect(cluster.bar()).toBe("BBBBBBBBBB");
    expect(cluster.log.filter(({ type }) => type !== "painted").map(({ type }) => type)).toEqual([
      "commanded",
      "commanded",
      "delivered",
      "acked",
      "delivered",
      "acked",
    ]);
  }));

test("a job is acked after its last step, never before", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    await cluster.command("purple");
    cluster.close();
    await worker(cluster.addWorker({ name: "n1", paceMs: 10 }));
    expect(cluster.log.map(({ type }) => type).slice(-2)).toEqual(["painted", "acked"]);
    expect(cluster.bar()).toBe("PPPPPPPPPP");
  }));

test("with two nodes, a slow PURPLE that is overtaken paints over BLUE, for good", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const slow = worker(cluster.addWorker({ name: "n1", paceMs: 30 }));
    await cluster.command("purple");
    await sleep(50);
    const quick = worker(cluster.addWorker({ name: "n2", paceMs: 10 }));
    await cluster.command("blue");
    cluster.close();
    await Promise.all([slow, quick]);
    // BLUE overtook PURPLE after the second step; from there on PURPLE came last.
    expect(cluster.bar()).toBe("BBPPPPPPPP");
  }));

test("a job is acked when the table has its last step, not before", async () => {
  expect((await slowSteps(worker)).slice(-2)).toMatchObject([
    { type: "painted", step: 9 },
    { type: "acked" },
  ]);
});

test("a worker that is given two jobs at once begins the second one when the first one is acked", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    await cluster.command("purple");
    await cluster.command("blue", "south-america");
    cluster.close();
    await worker(cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 2 }));
    const acked = cluster.log.findIndex(({ type }) => type === "acked");
    const began = cluster.log.findIndex(
      (event) => event.type === "painted" && event.command.shirt === "blue",
    );
    expect(began).toBeGreaterThan(acked);
  }));
