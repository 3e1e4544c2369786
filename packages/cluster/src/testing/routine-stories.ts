/** Short stories of one routine, for the laws that the workers of several stages keep. Each resolves with what happened. */
import { chan, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { Cancel, FencedTools } from "@shirts/story";
import { InMemoryCluster, type WorkerSettings } from "./in-memory-cluster.ts";

type Worker = (tools: FencedTools) => Promise<void>;
type Log = InMemoryCluster["log"];

const area = "north-america";
/** A cancel that stops PURPLE in each stage. */
const cancel = { area, consumerId: "n2", revision: 2 } as const;

const settings = (more: Partial<WorkerSettings> = {}): WorkerSettings => ({
  name: "n1",
  paceMs: 10,
  ...more,
});

/** A worker whose steps need some time at the table. */
function slowTable(cluster: InMemoryCluster, more?: Partial<WorkerSettings>): FencedTools {
  const tools = cluster.addWorker(settings(more));
  return {
    ...tools,
    async paint(command, step) {
      await sleep(4);
      return tools.paint(command, step);
    },
  };
}

/** Chance that can be had again: the same numbers for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Seeds that let select choose each way. */
export const SEEDS: readonly number[] = Array.from({ length: 16 }, (_, seed) => seed);

/** One job, each of whose steps takes a while at the table. */
export function slowSteps(worker: Worker): Promise<Log> {
  return bubble(async () => {
    const cluster = new InMemoryCluster();
    await cluster.command("purple");
    cluster.close();
    await worker(slowTable(cluster));
    return cluster.log;
  });
}

/** A cancel comes in the middle of a step, and the next pace is ready when the step ends: stop and pace are ready at once. */
export function stopBesideReadyPace(worker: Worker, seed: number): Promise<Log> {
  return bubble(
    async () => {
      const cluster = new InMemoryCluster();
      const ready = chan<never>();
      ready.close();
      const working = worker({ ...slowTable(cluster), pace: () => ready });
      await cluster.command("purple");
      await sleep(13);
      cluster.broadcast(cancel);
      cluster.close();
      await working;
      return cluster.log;
    },
    { random: chance(seed) },
  );
}

/** A cancel comes while the routine walks to its next step, which takes a second. Resolves 10 ms after it. */
export function stopOnTheWay(worker: Worker): Promise<Log> {
  return bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(cluster.addWorker(settings({ paceMs: 1_000 })));
    await cluster.command("purple");
    await sleep(1_500);
    cluster.broadcast(cancel);
    await sleep(10);
    const log = [...cluster.log];
    cluster.close();
    await working;
    return log;
  });
}

/** Two cancels come in the middle of one step. */
export function twoCancels(worker: Worker): Promise<Log> {
  return bubble(async () => {
    const cluster = new InMemoryCluster();
    const working = worker(slowTable(cluster));
    await cluster.command("purple");
    await sleep(10);
    cluster.broadcast(cancel);
    await sleep(1);
    cluster.broadcast(cancel);
    cluster.close();
    await working;
    return cluster.log;
  });
}

/** The late done of PURPLE and BLUE's start meet; then comes a cancel. Resolves with the bar: "BBPPP" when it was heard. */
export function lateDone(worker: Worker, seed: number): Promise<string> {
  return bubble(
    async () => {
      const cluster = new InMemoryCluster(5);
      const working = worker(slowTable(cluster, { prefetch: 3 }));
      await cluster.command("purple");
      // PURPLE is in its last step when BLUE closes its stop chan: at its end both the stop and the done are ready.
      await sleep(67);
      await cluster.command("blue");
      await sleep(30);
      cluster.broadcast({ area, consumerId: "n2", revision: 3 });
      cluster.close();
      await working;
      await sleep(200);
      return cluster.bar();
    },
    { random: chance(seed) },
  );
}

/** A worker whose cancels are closed before its first job. */
export function closedCancels(worker: Worker): Promise<Log> {
  return bubble(async () => {
    const cluster = new InMemoryCluster();
    const cancels = chan<Cancel>();
    cancels.close();
    await worker({ ...cluster.addWorker(settings()), cancels });
    return cluster.log;
  });
}

/** The types of the events that are no deliveries and no cancels, from the first cancel that was received on. */
export function afterTheCancel(log: Log): string[] {
  const first = log.findIndex(
    (event) => event.type === "cancel received" && event.cancel.consumerId === "n2",
  );
  return log.slice(first).flatMap(({ type }) => (type.startsWith("cancel") ? [] : [type]));
}
