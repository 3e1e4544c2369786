import { connect } from "@shirts/amqp";
import { chan, go, type RecvChan, receiving, select } from "@shirts/chan";
import { expect, test } from "vitest";
import { type FanInTools, fanIn } from "../src/fan-in.ts";
import { ORDERS } from "../src/president.ts";
import { rehearse } from "../src/rehearsal.ts";
import { decodeJob, decodeState, encode, type Job, type Result, type State } from "../src/tailor.ts";
import { twoLoops } from "../src/two-loops.ts";
import { withBroker } from "../src/with-broker.ts";
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

test.each([
  ["two plain loops finish the shirt in the old colour", twoLoops, "purple"],
  ["one select drops it, and begins again in the new one", fanIn, "blue"],
] as const)("on AMQP, a change is heard in the middle of a shirt: %s", (_what, tailor, shirt) =>
  withBroker(process.env.AMQP_URL || undefined, async (url) => {
    const rabbit = await connect(url);
    const queue = "tailor_test";
    await rabbit.declareQueue(queue);
    await rabbit.purge(queue);
    const { chan: jobs, stop: noMore } = await rabbit.consume<Job>(queue, {
      prefetch: 1,
      decode: (body, { ack }) => ({ ...decodeJob(body), ack }),
    });
    const { chan: pushed } = await rabbit.subscribe<State>(queue, { decode: decodeState });
    const [states, begun, gate] = [chan<State>(), chan<RecvChan<never> | undefined>(), chan<never>()];
    const results = chan<Result>(1);
    const over = tailor({
      jobs,
      states,
      readState: async () => ({ shirt: "purple", revision: 1 }),
      async sew(_job, stop) {
        await begun.send(stop);
        await select({ stop: stop && receiving(stop), done: receiving(gate) });
      },
      deliver: (result) => results.send(result),
    });
    await rabbit.publish(queue, encode({ number: 1 }));
    const [stop] = await begun.recv();
    await rabbit.broadcast(queue, encode({ shirt: "blue", revision: 2 }));
    const [state] = await pushed.recv();
    // Without a buffer: when it is sent, the tailor has heard it.
    if (state) await states.send(state);
    if (tailor === fanIn) {
      await stop?.recv();
      await begun.recv();
    }
    gate.close();
    expect((await results.recv())[0]).toMatchObject({ number: 1, shirt });
    await noMore();
    await over;
    await rabbit.close();
  }),
);

test("the fan-in program, on AMQP: both tailors deliver each shirt once, in order, and ✗ marks what was for nothing", async () => {
  const table = tableInMemory();
  for (const kind of ["two-loops", "fan-in"] as const) {
    const lines: string[] = [];
    const wrong = await runWorkshop(kind, BUSY_PACE, (line) => lines.push(line), { table });
    const shirts = lines.flatMap((line) => / shirts (.*)/.exec(line)?.[1]?.split(" ") ?? []);
    expect(shirts.map(Number.parseFloat)).toEqual(numbers);
    expect(shirts.filter((shirt) => shirt.endsWith("✗"))).toHaveLength(wrong);
  }
});
