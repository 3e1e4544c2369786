import { chan, go } from "@shirts/chan";
import { someOf } from "@shirts/command-line/testing";
import type { Job } from "@shirts/story";
import { expect, test } from "vitest";
import { mutantStage } from "../src/cli/mutants.ts";
import { judgeWorker, SAME_TWICE } from "../src/judge-worker.ts";
import { OwnCodeError } from "../src/own-worker.ts";
import { stageOf, type WorkerTools } from "../src/stages.ts";
import { laws } from "../src/template/laws.ts";
import { worker as paintsOn } from "../src/template/paints-on.ts";
import { worker as template } from "../src/template/worker.ts";
import { mutants } from "../src/variants/mutants.ts";

/** Each judgement plays some thousand stories. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

const command = { area: "north-america", shirt: "purple", revision: 1 } as const;

/** The same jobs, whose ack does nothing. `onTaken` gets each before the worker does. */
function withoutAcks(jobs: WorkerTools["jobs"], onTaken: (job: Job) => void = () => {}): WorkerTools["jobs"] {
  const silent = chan<Job>();
  go(async () => {
    for await (const job of jobs) {
      onTaken(job);
      await silent.send({ ...job, ack() {} });
    }
    silent.close();
  });
  return silent;
}

const bases = ["v1", "v2", "v3", "v4"] as const;
const baseOf = (name: string) => bases.find((base) => base === name) ?? "v4";

test.each(someOf(2, bases))("the worker of %s is accepted on its own topology", async (base) => {
  let orders: number | undefined;
  const onOrders = (count: number | undefined) => {
    orders = count;
  };
  expect(await judgeWorker(stageOf(base).worker, { base, onOrders })).toBeUndefined();
  expect(orders).toBe({ v1: 35, v2: 794, v3: 794, v4: 526_540 }[base]);
});

test("the template keeps all laws and its own one, which is broken by who never acks what it stopped", async () => {
  expect(await judgeWorker(template, { laws })).toBeUndefined();
  const keeps = (tools: WorkerTools) => template({ ...tools, jobs: withoutAcks(tools.jobs) });
  expect((await judgeWorker(keeps, { laws }))?.law).toBe("every job acked exactly once or redelivered");
  const stopped = { type: "stopped", command, step: 1, node: "n1", at: 1 } as const;
  const acked = { type: "acked", command, node: "n1", at: 2 } as const;
  const law = laws["who stops a job acks it"];
  expect(law?.({ trace: [stopped], verdict: [] })).toBe("n1 stopped PURPLE and never acked it");
  expect(law?.({ trace: [stopped, acked], verdict: [] })).toBeUndefined();
});

test("planted: a worker that acks each job as it takes it breaks a law, although v4's relay makes all people right", async () => {
  const early = (tools: WorkerTools) =>
    template({ ...tools, jobs: withoutAcks(tools.jobs, (job) => job.ack()) });
  expect((await judgeWorker(early))?.law).toBe("an ack comes after the last step");
});

test("the worker that the page shows breaks the law that it is shown with", async () => {
  expect((await judgeWorker(paintsOn))?.law).toBe("a cancel saves work");
});

inCi("an earlier stage's worker is not accepted on v4's topology (in CI)", async () => {
  for (const name of ["v1", "v2", "v3"])
    expect(await judgeWorker(stageOf(name).worker)).toMatchObject({
      law: expect.any(String),
      tried: expect.any(Number),
    });
});

/** In `npm test` the first of each stage. */
const planted = mutants.filter(
  ({ from }, at) => process.env.SHORT_TESTS !== "1" || mutants.findIndex((one) => one.from === from) === at,
);

test.each(planted)("planted: $from, $name: it is judged broken, in a small story", async (mutant) => {
  const { worker } = await mutantStage(mutant);
  const judged = await judgeWorker(worker, { base: baseOf(mutant.from) });
  expect(judged?.sentence).not.toBe("");
  expect(judged?.story?.nodes.length).toBeLessThanOrEqual(3);
  expect(judged?.story?.steps).toBeLessThanOrEqual(3);
});

test("the same worker gets the same answer, story and all", async () => {
  const v3 = stageOf("v3").worker;
  const [first, second] = [await judgeWorker(v3), await judgeWorker(v3)];
  expect(first?.law).toBeDefined();
  expect(second).toEqual(first);
});

inCi("a worker whose stories never end is judged in bounded time (in CI)", async () => {
  const idle = async (tools: WorkerTools) => {
    for await (const job of tools.jobs) await tools.paint(job.command, 0);
  };
  const judged = await judgeWorker(idle);
  expect(judged?.law).toBe("the loop never panics or deadlocks");
  expect(judged?.trace.at(-1)?.at).toBeLessThanOrEqual(5000);
});

test("planted: a worker that does not do the same twice is told so before any law", async () => {
  let times = 0;
  const moody = (tools: WorkerTools) => {
    times++;
    return times % 3 === 0 ? Promise.resolve() : template(tools);
  };
  expect(await judgeWorker(moody)).toMatchObject({ law: SAME_TWICE });
});

test("what is no function is no worker", async () => {
  await expect(judgeWorker("v4" as never)).rejects.toThrow(OwnCodeError);
});
