import { chan, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import {
  afterTheCancel,
  closedCancels,
  drainInStep,
  InMemoryCluster,
  lateDone,
  SEEDS,
  slowSteps,
  stopBesideReadyPace,
  stopOnTheWay,
  type WorkerSettings,
} from "@shirts/cluster/testing";
import type { Command, Job } from "@shirts/story";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

const area = "north-america";
const settings = (more: Partial<WorkerSettings> = {}) => ({
  name: "n1",
  paceMs: 10,
  prefetch: 3,
  fenced: true,
  ...more,
});

test("two commands within a cancel's travel time: only the older one is stopped", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const first = worker(cluster.addWorker(settings({ cancelMs: 25 })));
    const second = worker(cluster.addWorker(settings({ name: "n2", cancelMs: 25 })));
    await cluster.command("purple");
    await sleep(5);
    await cluster.command("blue");
    cluster.close();
    await Promise.all([first, second]);
    expect(cluster.bar()).toBe("BBBBBBBBBB");
  }));

test("a redelivered older job is dropped and acked", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker(settings()));
    const purple = await cluster.command("purple");
    await cluster.command("blue");
    await sleep(150);
    await cluster.redeliver(purple);
    cluster.close();
    await working;
    expect(cluster.log.slice(-2)).toMatchObject([
      { type: "superseded", command: purple },
      { type: "acked", command: purple },
    ]);
    expect(cluster.bar()).toBe("BBBBBBBBBB");
  }));

test("when the cancel is lost the fence refuses the older step, and the routine stops itself", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const deaf = worker(
      cluster.addWorker(settings({ paceMs: 30, prefetch: 1, cancelMs: Number.POSITIVE_INFINITY })),
    );
    await cluster.command("purple");
    await sleep(50);
    const second = worker(cluster.addWorker(settings({ name: "n2" })));
    await cluster.command("blue");
    cluster.close();
    await Promise.all([deaf, second]);
    expect(cluster.log.filter(({ type }) => type === "refused")).toHaveLength(1);
    expect(cluster.bar()).toBe("BBBBBBBBBB");
  }));

test("a job goes on at the step where an earlier delivery stopped", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    await cluster.command("purple");
    cluster.close();
    await worker({ ...cluster.addWorker(settings()), resume: async () => 7 });
    expect(cluster.bar()).toBe(".......PPP");
  }));

test.each([0, 15, 95, 120])(
  "two deliveries of one command, the second after %i ms, paint everybody, and both are acked",
  (gapMs) =>
    bubble(async () => {
      const cluster = new InMemoryCluster();
      const command: Command = { area, shirt: "purple", revision: 1 };
      const acks: string[] = [];
      const jobs = chan<Job>(2);
      const tools = cluster.addWorker(settings());
      const resume = async () => cluster.bar().lastIndexOf("P") + 1;
      const working = worker({ ...tools, jobs, resume });
      await jobs.send({ command, redelivered: false, ack: () => acks.push("first delivery") });
      await sleep(gapMs);
      await jobs.send({ command, redelivered: true, ack: () => acks.push("second delivery") });
      jobs.close();
      await working;
      expect(cluster.bar()).toBe("PPPPPPPPPP");
      expect(acks.toSorted()).toEqual(["first delivery", "second delivery"]);
    }),
);

test("a cancel stops no routine whose command is as new, whichever node sent it", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker(settings()));
    await cluster.command("purple");
    await sleep(25);
    cluster.broadcast({ area, consumerId: "n2", revision: 1 });
    cluster.broadcast({ area, consumerId: "n2" });
    cluster.close();
    await working;
    expect(cluster.log.filter(({ type }) => type === "stopped")).toEqual([]);
    expect(cluster.bar()).toBe("PPPPPPPPPP");
  }));

test("a cancel that is newer stops the routine, also when this node itself sent it", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker(settings()));
    await cluster.command("purple");
    await sleep(35);
    cluster.broadcast({ area, consumerId: "n1", revision: 2 });
    await sleep(10);
    cluster.close();
    await working;
    expect(cluster.log.slice(-2)).toMatchObject([{ type: "stopped", step: 3 }, { type: "acked" }]);
  }));

test("a job that comes after the cancel for a newer command is dropped without a step", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker(settings()));
    cluster.broadcast({ area, consumerId: "president", revision: 2 });
    await sleep(5);
    await cluster.command("purple");
    cluster.close();
    await working;
    expect(cluster.log.slice(-3).map(({ type }) => type)).toEqual(["delivered", "superseded", "acked"]);
  }));

test("a routine whose step is refused acks its job, and the next command of the area runs", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const tools = cluster.addWorker(settings({ cancelMs: Number.POSITIVE_INFINITY }));
    const working = worker({
      ...tools,
      paint: async (command, step) => step < 2 && tools.paint(command, step),
    });
    const purple = await cluster.command("purple");
    await sleep(100);
    expect(cluster.log.at(-1)).toMatchObject({ type: "acked", command: purple });
    await cluster.command("blue");
    cluster.close();
    await working;
    expect(cluster.bar()).toBe("BB........");
  }));

test("a worker that drains ends after the ack of a routine that was stopped, not before", async () => {
  expect((await drainInStep(worker)).at(-1)).toMatchObject({ type: "acked" });
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

test("a stop wakes a routine that walks", async () => {
  expect(afterTheCancel(await stopOnTheWay(worker))).toEqual(["stopped", "acked"]);
});

test("a worker whose cancels are closed stops instead of working deaf", async () => {
  expect(await closedCancels(worker)).toEqual([]);
});

test("a worker tells all others its command's revision", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    await cluster.command("purple");
    await cluster.command("blue");
    cluster.close();
    await worker(cluster.addWorker(settings()));
    expect(cluster.log.filter(({ type }) => type === "cancel sent")).toMatchObject([
      { cancel: { area, consumerId: "n1", revision: 1 } },
      { cancel: { area, consumerId: "n1", revision: 2 } },
    ]);
  }));

test("jobs for different areas run side by side", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker(settings()));
    await cluster.command("purple");
    await cluster.command("green", "south-america");
    await sleep(55);
    expect([cluster.bar(), cluster.bar("south-america")]).toEqual(["PPPPP.....", "GGGGG....."]);
    cluster.close();
    await working;
  }));

test("a newer job on the same node stops the older one, also when no cancel is heard", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker(settings({ cancelMs: Number.POSITIVE_INFINITY })));
    await cluster.command("purple");
    await sleep(35);
    await cluster.command("blue");
    cluster.close();
    await working;
    expect(cluster.log.filter(({ type }) => ["stopped", "refused"].includes(type))).toMatchObject([
      { type: "stopped", step: 3, command: { shirt: "purple" } },
    ]);
  }));

test.each(SEEDS)(
  "the late done of an older routine does not make the loop forget the newer one (chance %d)",
  async (seed) => {
    // Forgotten, BLUE would not hear the cancel and paint on.
    expect(await lateDone(worker, seed)).toBe("BBPPP");
  },
);

test("a job raises its area's newest revision: an older one that comes later is dropped, also when no cancel is heard", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker(settings({ cancelMs: Number.POSITIVE_INFINITY })));
    const purple = await cluster.command("purple");
    await cluster.command("blue");
    await sleep(150);
    await cluster.redeliver(purple);
    cluster.close();
    await working;
    expect(cluster.log.at(-2)).toMatchObject({ type: "superseded", command: purple });
  }));

test("a cancel that comes late does not lower its area's newest revision", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker(settings()));
    for (const revision of [2, 1]) cluster.broadcast({ area, consumerId: "president", revision });
    await sleep(5);
    await cluster.command("purple");
    cluster.close();
    await working;
    expect(cluster.log.slice(-2).map(({ type }) => type)).toEqual(["superseded", "acked"]);
  }));

test("the second delivery of a command is acked when all its steps have landed, not before", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const command: Command = { area, shirt: "purple", revision: 1 };
    const jobs = chan<Job>(2);
    let barAtAck = "";
    const working = worker({
      ...cluster.addWorker(settings()),
      jobs,
      resume: async () => cluster.bar().lastIndexOf("P") + 1,
    });
    await jobs.send({ command, redelivered: false, ack: () => {} });
    await sleep(15);
    await jobs.send({
      command,
      redelivered: true,
      ack() {
        barAtAck = cluster.bar();
      },
    });
    jobs.close();
    await working;
    expect(barAtAck).toBe("PPPPPPPPPP");
  }));
