import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import {
  afterTheCancel,
  closedCancels,
  drainInStep,
  InMemoryCluster,
  SEEDS,
  slowSteps,
  stopBesideReadyPace,
  twoCancels,
} from "@shirts/cluster/testing";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

const area = "north-america";
const happened = (cluster: InMemoryCluster, node: string) =>
  cluster.log.filter((event) => event.node === node && event.type !== "painted").map(({ type }) => type);

test("another worker's cancel stops a running job while its step sleeps, and the job is acked", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker({ name: "n1", paceMs: 1000 }));
    await cluster.command("purple");
    await sleep(1500);
    cluster.broadcast({ area, consumerId: "n2" });
    await sleep(10);
    expect(cluster.log.slice(-3)).toMatchObject([
      { type: "cancel received" },
      { type: "stopped", step: 1 },
      { type: "acked" },
    ]);
    cluster.close();
    await working;
    expect(cluster.bar()).toBe("P.........");
  }));

test("a worker ignores its own cancel, and cancels for other areas", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker({ name: "n1", paceMs: 10 }));
    await cluster.command("purple");
    await sleep(15);
    cluster.broadcast({ area, consumerId: "n1" });
    cluster.broadcast({ area: "south-america", consumerId: "n2" });
    cluster.close();
    await working;
    expect(cluster.bar()).toBe("PPPPPPPPPP");
  }));

test("with two nodes at the same pace, BLUE's cancel stops PURPLE and everybody ends in BLUE", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const first = worker(cluster.addWorker({ name: "n1", paceMs: 10 }));
    await cluster.command("purple");
    await sleep(35);
    const second = worker(cluster.addWorker({ name: "n2", paceMs: 10 }));
    await cluster.command("blue");
    cluster.close();
    await Promise.all([first, second]);
    expect(happened(cluster, "n1")).toEqual([
      "delivered",
      "cancel sent",
      "cancel received",
      "cancel received",
      "stopped",
      "acked",
    ]);
    expect(cluster.bar()).toBe("BBBBBBBBBB");
  }));

test("while its one routine runs a worker takes no job, and still hears cancels", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 2 }));
    await cluster.command("purple");
    await cluster.command("green", "south-america");
    await sleep(25);
    expect(cluster.bar("south-america")).toBe("..........");
    cluster.broadcast({ area, consumerId: "n2" });
    cluster.close();
    await working;
    expect(cluster.bar()).toBe("PP........");
    expect(cluster.bar("south-america")).toBe("GGGGGGGGGG");
  }));

test("two commands within a cancel's travel time stop each other, and nobody paints the rest", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const first = worker(cluster.addWorker({ name: "n1", paceMs: 10, cancelMs: 25 }));
    await cluster.command("purple");
    await sleep(5);
    const second = worker(cluster.addWorker({ name: "n2", paceMs: 10, cancelMs: 25 }));
    // PURPLE's cancel left before n2 began to listen to it; sent again, it stands for a slow network.
    cluster.broadcast({ area, consumerId: "n1" });
    await cluster.command("blue");
    cluster.close();
    await Promise.all([first, second]);
    expect(cluster.log.filter(({ type }) => type === "stopped")).toHaveLength(2);
    expect(cluster.log.filter(({ type }) => type === "acked")).toHaveLength(2);
    expect(cluster.bar()).toContain(".");
  }));

test("a cancel that is lost leaves people in the older shirt, for good", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const deaf = worker(cluster.addWorker({ name: "n1", paceMs: 30, cancelMs: Number.POSITIVE_INFINITY }));
    await cluster.command("purple");
    await sleep(50);
    const second = worker(cluster.addWorker({ name: "n2", paceMs: 10 }));
    await cluster.command("blue");
    cluster.close();
    await Promise.all([deaf, second]);
    expect(cluster.bar()).toBe("BBPPPPPPPP");
  }));

test("a worker whose cancels are closed stops instead of working deaf", async () => {
  expect(await closedCancels(worker)).toEqual([]);
});

test("a job is acked when the table has its last step, not before", async () => {
  expect((await slowSteps(worker)).slice(-2)).toMatchObject([
    { type: "painted", step: 9 },
    { type: "acked" },
  ]);
});

test.each(SEEDS)("the stop has the last word, also when the pace is ready (chance %d)", async (seed) => {
  expect(afterTheCancel(await stopBesideReadyPace(worker, seed))).toEqual(["painted", "stopped", "acked"]);
});

test("a second cancel during a step stops the routine once", async () => {
  expect(afterTheCancel(await twoCancels(worker))).toEqual(["painted", "stopped", "acked"]);
});

test("a worker that drains ends after the ack of its routine, not before", async () => {
  expect((await drainInStep(worker)).at(-1)).toMatchObject({ type: "acked" });
});
