import { expect, test } from "vitest";
import { ORDERS } from "../src/president.ts";
import { rehearse } from "../src/rehearsal.ts";
import { worker } from "../src/worker.ts";
import { PACE, runWorkshop } from "../src/workshop.ts";
import { tableInMemory } from "./table-in-memory.ts";

test("a worker that polls once a second works with an old state until the next poll", async () => {
  const { old, results } = await rehearse(worker, PACE);
  expect(results.map(({ number }) => number)).toEqual(Array.from({ length: ORDERS }, (_, n) => n + 1));
  expect(old).toEqual([4, 5, 8, 9, 10, 13, 14, 15, 17, 18, 19, 20]);
});

test("polling more often makes old states fewer, at the price of more reads", async () => {
  const table = [];
  for (const pollMs of [2000, 1000, 500, 250, 100]) {
    const { old, reads } = await rehearse(worker, { ...PACE, pollMs });
    table.push({ pollMs, old: old.length, reads });
  }
  expect(table).toEqual([
    { pollMs: 2000, old: 15, reads: 3 },
    { pollMs: 1000, old: 12, reads: 5 },
    { pollMs: 500, old: 3, reads: 9 },
    { pollMs: 250, old: 1, reads: 17 },
    { pollMs: 100, old: 0, reads: 40 },
  ]);
});

test("the worker program, on AMQP, dyes some shirts in an old state", async () => {
  const lines: string[] = [];
  const pace = { orderMs: 60, sewMs: 30, pollMs: 300 };
  const old = await runWorkshop("worker", pace, (line) => lines.push(line), { table: tableInMemory() });
  expect(old).toBeGreaterThan(0);
  expect(lines.filter((line) => line.includes("old state"))).toHaveLength(old);
  expect(lines.filter((line) => line.startsWith("shirt"))).toHaveLength(ORDERS);
});
