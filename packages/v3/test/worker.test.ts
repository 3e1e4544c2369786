import { chan, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import {
  afterTheCancel,
  closedCancels,
  drainInStep,
  InMemoryCluster,
  SEEDS,
  slowSteps,
  stopBesideReadyPace,
  stopOnTheWay,
} from "@shirts/cluster/testing";
import type { Cancel, Job } from "@shirts/story";
import { expect, test } from "vitest";
import { worker } from "../src/worker.ts";

const area = "north-america";

test("jobs for different areas run side by side", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 }));
    await cluster.command("purple");
    await cluster.command("green", "south-america");
    await sleep(55);
    expect(cluster.bar()).toBe("PPPPP.....");
    expect(cluster.bar("south-america")).toBe("GGGGG.....");
    cluster.close();
    await working;
  }));

test("a newer command on the same node stops the older one, without a broadcast from anybody else", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 }));
    await cluster.command("purple");
    await sleep(35);
    await cluster.command("blue");
    cluster.close();
    await working;
    expect(cluster.bar()).toBe("BBBBBBBBBB");
    expect(cluster.log.filter(({ type }) => type === "stopped")).toMatchObject([
      { step: 3, command: { shirt: "purple" } },
    ]);
  }));

test("another worker's cancel stops the routine of that area only", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 }));
    await cluster.command("purple");
    await cluster.command("green", "south-america");
    await sleep(35);
    cluster.broadcast({ area, consumerId: "n2" });
    cluster.close();
    await working;
    expect(cluster.bar()).toBe("PPP.......");
    expect(cluster.bar("south-america")).toBe("GGGGGGGGGG");
  }));

test("the late done of an older routine does not stop the newer one of the same area", () =>
  bubble(async () => {
    // The talk's done carries only the area: it would close the newer routine's stop chan and leave BLUE unfinished.
    const cluster = new InMemoryCluster(3);
    const tools = cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 });
    const jobs = chan<Job>(3);
    const job = (shirt: "purple" | "blue", revision: number): Job => ({
      command: { area, shirt, revision },
      redelivered: false,
      ack: () => tools.report({ type: "acked", command: { area, shirt, revision } }),
    });
    // PURPLE's ack, in the very event-loop turn in which it ends, brings BLUE: the loop finds a job and a done together.
    const purple = job("purple", 1);
    await jobs.send({ ...purple, ack: () => jobs.trySend(job("blue", 2)) });
    const working = worker({ ...tools, jobs });
    await sleep(100);
    jobs.close();
    await working;
    expect(cluster.bar()).toBe("BBB");
  }));

/** Chance that can be had again: the same numbers for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test.each(Array.from({ length: 16 }, (_, seed) => seed))(
  "the late done of an older routine does not make the loop forget the newer one (chance %d)",
  (seed) =>
    bubble(
      async () => {
        const cluster = new InMemoryCluster(5);
        const cancels = chan<Cancel>(1);
        const tools = cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 });
        const paint: typeof tools.paint = async (command, step) => {
          const painted = await tools.paint(command, step);
          await sleep(4);
          return painted;
        };
        const working = worker({ ...tools, cancels, paint });
        await cluster.command("purple");
        // PURPLE is in its last step when BLUE closes its stop chan: at its end both the stop and the done are ready.
        await sleep(67);
        expect(cluster.bar()).toBe("PPPPP");
        await cluster.command("blue");
        await sleep(30);
        await cancels.send({ area, consumerId: "n2" });
        cluster.close();
        await working;
        await sleep(200);
        // Forgotten, BLUE would not hear the cancel and paint on.
        expect(cluster.bar()).toBe("BBPPP");
      },
      { random: chance(seed) },
    ),
);

test("a routine that is stopped at its very end waits for nobody", () =>
  bubble(
    async () => {
      const cluster = new InMemoryCluster(3);
      const cancels = chan<Cancel>(1);
      const tools = cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 });
      const jobs = chan<Job>(1);
      // With the jobs closed the loop ends as soon as it has forgotten the routine: a done would find nobody.
      await jobs.send({
        command: { area, shirt: "purple", revision: 1 },
        redelivered: false,
        ack: () => cancels.trySend({ area, consumerId: "n2" }),
      });
      jobs.close();
      cluster.close();
      await worker({ ...tools, jobs, cancels });
      await sleep(100);
      expect(cluster.bar()).toBe("PPP");
    },
    { leftovers: "error" },
  ));

test("a redelivered older job counts as new and paints over the newer one", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 }));
    const purple = await cluster.command("purple");
    await cluster.command("blue");
    await sleep(150);
    expect(cluster.bar()).toBe("BBBBBBBBBB");
    await cluster.redeliver(purple);
    cluster.close();
    await working;
    expect(cluster.bar()).toBe("PPPPPPPPPP");
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

test("a worker tells all others with its name to stop working on the area of its job", () =>
  bubble(async () => {
    const cluster = new InMemoryCluster();
    await cluster.command("purple");
    cluster.close();
    await worker(cluster.addWorker({ name: "n1", paceMs: 10 }));
    expect(cluster.log.filter(({ type }) => type === "cancel sent")).toMatchObject([
      { cancel: { area, consumerId: "n1" } },
    ]);
  }));
