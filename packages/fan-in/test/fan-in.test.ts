import { chan } from "@shirts/chan";
import { expect, test } from "vitest";
import { fanIn } from "../src/fan-in.ts";
import { ORDERS } from "../src/president.ts";
import { rehearse } from "../src/rehearsal.ts";
import type { Job, Result, State } from "../src/tailor.ts";
import { PACE, runWorkshop } from "../src/workshop.ts";
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

test("the fan-in program, on AMQP, dyes no shirt in an old state", async () => {
  const lines: string[] = [];
  const pace = { orderMs: 60, sewMs: 30, pollMs: 300 };
  expect(await runWorkshop("fan-in", pace, (line) => lines.push(line), { table: tableInMemory() })).toBe(0);
  expect(lines.filter((line) => line.startsWith("shirt"))).toHaveLength(ORDERS);
});
