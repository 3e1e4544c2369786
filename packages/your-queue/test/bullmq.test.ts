/** What BullMQ has against this by itself, and what that leaves open. */
import { Queue, Worker } from "bullmq";
import { describe, expect, test } from "vitest";
import { play } from "../src/play.ts";
import { playOf } from "../src/play-of.ts";
import { QUEUES } from "../src/queues.ts";
import { find, here } from "./support/stage.ts";

const { services, title } = await find("BullMQ", QUEUES.bullmq.needs);

interface Bench {
  readonly jobs: Queue<{ shirt: string }>;
  /** Starts a worker; `process` gets the shirt. */
  start(process: (shirt: string) => Promise<void>): Worker;
}

async function withQueue(use: (bench: Bench) => Promise<void>): Promise<void> {
  const stage = await here(services).newStage();
  const connection = { url: stage.redisUrl };
  const jobs = new Queue<{ shirt: string }>(stage.queue, { connection });
  const workers: Worker[] = [];
  try {
    await use({
      jobs,
      start(process) {
        const worker = new Worker<{ shirt: string }>(stage.queue, ({ data }) => process(data.shirt), {
          connection,
        });
        workers.push(worker);
        return worker;
      },
    });
  } finally {
    for (const worker of workers) await worker.close();
    await jobs.obliterate({ force: true });
    await jobs.close();
    await stage.close();
  }
}

const completed = (worker: Worker, shirt: string) =>
  new Promise<void>((done) => {
    worker.on("completed", (job) => job.data.shirt === shirt && done());
  });

function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { opened, open };
}

describe.skipIf(!services)(title, () => {
  test("planted: a job that is cancelled by its signal when the lock is lost paints a step all the same", async () => {
    const planted = new URL("planted/bullmq-signal.ts", import.meta.url).href;
    const lines: string[] = [];
    const verdict = await play({ ...playOf("bullmq", false), file: planted }, here(services), (line) =>
      lines.push(line),
    );
    // How many steps depends on when the worker hears that it has lost the lock. The first one is painted before.
    expect(lines).toContain("  worker 1: PURPLE 4 painted");
    expect(verdict.right).toBe(false);
  });

  /** A worker that takes its first job and waits with it until `open`; `done` are the shirts that it has finished. */
  function startSlow(start: Bench["start"]) {
    const { opened, open } = gate();
    const taken = gate();
    const done: string[] = [];
    const worker = start(async (shirt) => {
      taken.open();
      await opened;
      done.push(shirt);
    });
    return { worker, taken: taken.opened, open, done };
  }

  test("deduplication: while PURPLE runs, BLUE is dropped, and add says nothing of it", () =>
    withQueue(async ({ jobs, start }) => {
      const deduplication = { id: "north-america" };
      const first = await jobs.add("paint", { shirt: "PURPLE" }, { deduplication });
      const { worker, taken, open, done } = startSlow(start);
      const purple = completed(worker, "PURPLE");
      await taken;
      const second = await jobs.add("paint", { shirt: "BLUE" }, { deduplication });
      expect(second.id).toBe(first.id);
      open();
      await purple;
      expect(await jobs.getJobCountByTypes("waiting", "active", "delayed", "prioritized")).toBe(0);
      expect(done).toEqual(["PURPLE"]);
    }));

  test("deduplication with keepLastIfActive: BLUE waits until PURPLE is over, as long as the lock holds", () =>
    withQueue(async ({ jobs, start }) => {
      const deduplication = { id: "north-america", keepLastIfActive: true };
      await jobs.add("paint", { shirt: "PURPLE" }, { deduplication });
      const { worker, taken, open, done } = startSlow(start);
      const blue = completed(worker, "BLUE");
      await taken;
      await jobs.add("paint", { shirt: "GREEN" }, { deduplication });
      await jobs.add("paint", { shirt: "BLUE" }, { deduplication });
      open();
      await blue;
      expect(done).toEqual(["PURPLE", "BLUE"]);
    }));

  test("planted: a refused job that throws is tried again, as often as it may; one that completes is not", () =>
    withQueue(async ({ jobs, start }) => {
      const calls: string[] = [];
      const worker = start(async (shirt) => {
        calls.push(shirt);
        if (shirt === "PURPLE") throw new Error("refused: a newer command is out");
      });
      const failed = new Promise<void>((done) => {
        worker.on("failed", (job) => job?.attemptsMade === 3 && done());
      });
      const blue = completed(worker, "BLUE");
      await jobs.add("paint", { shirt: "PURPLE" }, { attempts: 3 });
      await jobs.add("paint", { shirt: "BLUE" }, { attempts: 3 });
      await Promise.all([failed, blue]);
      expect(calls.toSorted()).toEqual(["BLUE", "PURPLE", "PURPLE", "PURPLE"]);
    }));

  test("a relay's job has the id key/revision: a second copy is not added; an integer and a colon are refused", () =>
    withQueue(async ({ jobs }) => {
      const add = (jobId: string) => jobs.add("paint", { shirt: "BLUE" }, { jobId });
      await add("order-7/3");
      await add("order-7/3");
      expect(await jobs.getJobCountByTypes("waiting")).toBe(1);
      await add("7/3");
      expect(await jobs.getJobCountByTypes("waiting")).toBe(2);
      await expect(add("3")).rejects.toThrow("Custom Id cannot be integers");
      await expect(add("order-7:3")).rejects.toThrow("Custom Id cannot contain :");
      await expect(add("order:7/3")).rejects.toThrow("Custom Id cannot contain :");
    }));
});
