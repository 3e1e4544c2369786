import { chan, go, type RecvChan } from "@shirts/chan";
import { expect, test } from "vitest";
import { type FanInTools, fanIn } from "../src/fan-in.ts";
import { ORDERS } from "../src/president.ts";
import { rehearse } from "../src/rehearsal.ts";
import type { Job, Result, State } from "../src/tailor.ts";
import { twoLoops } from "../src/two-loops.ts";
import { BUSY_PACE, PACE, runWorkshop } from "../src/workshop.ts";
import { tableInMemory } from "./table-in-memory.ts";

test("a worker that is told of each new state never dyes in an old one", async () => {
  for (const orderMs of [70, 200]) {
    for (const sewMs of [1, 50, 100, 300]) {
      const { old, results } = await rehearse(fanIn, { ...PACE, orderMs, sewMs });
      expect(results).toHaveLength(ORDERS);
      expect(old).toEqual([]);
    }
  }
});

const numbers = Array.from({ length: ORDERS }, (_, index) => index + 1);

test("a change in the middle of a shirt: two plain loops finish it for nothing, one select drops it", async () => {
  const loops = await rehearse(twoLoops, BUSY_PACE);
  expect([loops.forNothing, loops.wastedMs]).toEqual([[3, 7, 11, 15], 4 * BUSY_PACE.sewMs]);
  const fanned = await rehearse(fanIn, BUSY_PACE);
  expect(fanned.forNothing).toEqual([]);
  expect(fanned.wastedMs).toBeLessThan(loops.wastedMs);
});

test("each shirt is delivered once, when it is sewn, also one that was dropped and begun again", async () => {
  for (const sewMs of [90, 130, 220, 310, 450]) {
    const { results, forNothing, unsewn } = await rehearse(fanIn, { ...BUSY_PACE, sewMs });
    expect(results.map(({ number }) => number)).toEqual(numbers);
    expect([forNothing, unsewn]).toEqual([[], []]);
  }
});

test("two loops that look again at the end and sew again deliver no old shirt, and waste whole shirts", async () => {
  const { forNothing, wastedMs } = await rehearse(lookAgain, BUSY_PACE);
  expect(forNothing).toEqual([]);
  expect(wastedMs).toBe(4 * BUSY_PACE.sewMs);
});

async function lookAgain({ jobs, readState, sew, deliver }: FanInTools): Promise<void> {
  for await (const job of jobs) {
    for (let cloth: State | undefined; cloth?.revision !== (await readState()).revision; ) {
      cloth = await readState();
      await sew(job);
      if (cloth.revision === (await readState()).revision) await deliver({ number: job.number, ...cloth });
    }
    job.ack();
  }
}

test("for a dye at the end a select is not needed: two loops do, and so does a look at the table right before", async () => {
  const dyeing = async ({ jobs, states, readState, sew, deliver }: FanInTools) => {
    let state = await readState();
    go(async () => {
      for await (const newer of states) state = newer;
    });
    for await (const job of jobs) {
      await sew(job);
      await deliver({ number: job.number, ...state });
    }
  };
  const looking = async ({ jobs, readState, sew, deliver }: FanInTools) => {
    for await (const job of jobs) {
      await sew(job);
      await deliver({ number: job.number, ...(await readState()) });
    }
  };
  for (const tailor of [dyeing, looking])
    for (const pace of [PACE, BUSY_PACE]) {
      const { old, forNothing, results } = await rehearse(tailor, pace);
      expect([old, forNothing, results.length]).toEqual([[], [], ORDERS]);
    }
});

test("the fan-in worker reads the table once", async () => {
  expect((await rehearse(fanIn, PACE)).reads).toBe(1);
});

test("a push that is older than what the table said is ignored", async () => {
  const jobs = chan<Job>();
  const states = chan<State>(1);
  const results = chan<Result>(1);
  const over = fanIn({
    jobs,
    states,
    readState: async () => ({ shirt: "blue", revision: 2 }),
    sew: async () => {},
    deliver: (result) => results.send(result),
  });
  await states.send({ shirt: "purple", revision: 1 });
  let isAcked = false;
  await jobs.send({
    number: 1,
    ack() {
      isAcked = true;
    },
  });
  expect(await results.recv()).toEqual([{ number: 1, shirt: "blue", revision: 2 }, true]);
  jobs.close();
  await over;
  expect(isAcked).toBe(true);
});

test("a fan-in worker that can hear no more states stops", async () => {
  const states = chan<State>();
  states.close();
  const readState = async (): Promise<State> => ({ shirt: "blue", revision: 1 });
  await fanIn({ jobs: chan(), states, readState, sew: async () => {}, deliver: async () => {} });
  expect(states.tryRecv()).toEqual([undefined, false]);
});

test("a fan-in worker that can hear no more states drops what it sews, and leaves the job to somebody else", async () => {
  const [jobs, states] = [chan<Job>(), chan<State>()];
  const sewing = chan<RecvChan<never> | undefined>(1);
  const over = fanIn({
    jobs,
    states,
    readState: async () => ({ shirt: "blue", revision: 1 }),
    async sew(_job, stop) {
      await sewing.send(stop);
      await stop?.recv();
    },
    async deliver() {
      throw new Error("nothing is sewn");
    },
  });
  await jobs.send({
    number: 1,
    ack() {
      throw new Error("nothing is done");
    },
  });
  const [stop] = await sewing.recv();
  states.close();
  await over;
  expect(stop?.tryRecv()).toEqual([undefined, false]);
});

test("the fan-in program, on AMQP: two loops sew some shirts for nothing, and one select none", async () => {
  const table = tableInMemory();
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  expect(await runWorkshop("two-loops", BUSY_PACE, print, { table })).toBeGreaterThan(0);
  expect(await runWorkshop("fan-in", BUSY_PACE, print, { table })).toBe(0);
  const shirts = lines.flatMap((line) => / shirts (.*)/.exec(line)?.[1]?.split(" ") ?? []);
  expect(shirts.map(Number.parseFloat)).toEqual([...numbers, ...numbers]);
  expect(shirts.some((shirt) => shirt.endsWith("✗"))).toBe(true);
});
