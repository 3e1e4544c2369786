import { expect, test } from "vitest";
import { mutantStage } from "../src/cli/mutants.ts";
import { judgeWorker, SAME_TWICE } from "../src/judge-worker.ts";
import { OwnCodeError } from "../src/own-worker.ts";
import { stageOf, type WorkerTools } from "../src/stages.ts";
import { worker as template } from "../src/template/worker.ts";
import { mutants } from "../src/variants/mutants.ts";

const bases = ["v1", "v2", "v3", "v4"] as const;
const baseOf = (name: string) => bases.find((base) => base === name) ?? "v4";

test.each(bases)("the worker of %s is accepted on its own topology", async (base) => {
  let orders: number | undefined;
  const onOrders = (count: number | undefined) => {
    orders = count;
  };
  expect(await judgeWorker(stageOf(base).worker, { base, onOrders })).toBeUndefined();
  expect(orders).toBe({ v1: 35, v2: 794, v3: 794, v4: 526_540 }[base]);
});

test("an earlier stage's worker is not accepted on v4's topology", async () => {
  for (const name of ["v1", "v2", "v3"])
    expect(await judgeWorker(stageOf(name).worker)).toMatchObject({
      law: expect.any(String),
      tried: expect.any(Number),
    });
});

test.each(mutants)("planted: $from, $name: it is judged broken, in a small story", async (mutant) => {
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

test("a worker whose stories never end is judged in bounded time", async () => {
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
