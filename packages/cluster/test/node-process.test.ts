/** A node as a process of its own: how it ends, and what it does with a job that nobody can do. */

import { startFaultProxy } from "@shirts/amqp/testing";
import { someOf } from "@shirts/command-line/testing";
import { STAGES, type Stage, stages, type TraceEvent } from "@shirts/story";
import type { Table } from "@shirts/table";
import { afterEach, expect, test, vi } from "vitest";
import { encodeCancel, encodeCommand } from "../src/messages.ts";
import { command } from "../src/president/president.ts";
import { killAll } from "../src/processes/child.ts";
import { reasonOf, startNode } from "../src/processes/node-process.ts";
import { databaseOfFile, openTestServices } from "./support/services.ts";

// Each test starts a broker, a table and a process; on a busy machine that alone takes a while.
vi.setConfig({ testTimeout: 60_000 });

/** Where the stages share the code that is tried: one with a classic queue, one with a quorum queue. */
const TWO = someOf<Stage>(1, ["v4", "v1"]);
const QUIET = (): void => {};
const database = databaseOfFile();
const closing: (() => unknown)[] = [];

afterEach(async () => {
  killAll();
  for (const close of closing.splice(0).reverse()) await close();
});

/** Services of its own, with one node that is not started yet. */
async function servicesFor(stage: Stage) {
  const { served, broker, table, rabbit } = await openTestServices(stage, database, closing);
  const events: TraceEvent[] = [];
  const start = (paceMs: number, databaseUrl = served.url, drainMs = 3_600_000) =>
    startNode(
      {
        name: "n1",
        stage,
        paceMs,
        steps: 10,
        drainMs,
        env: { AMQP_URL: broker.url, DATABASE_URL: databaseUrl },
      },
      (event) => events.push(event),
    );
  const times = (type: TraceEvent["type"]): number => events.filter((it) => it.type === type).length;
  return {
    served,
    table,
    rabbit,
    start,
    times,
    order: () => command({ rabbit, table }, stage, "north-america", "blue", QUIET),
  };
}

/** The same with its node, which waits for jobs. */
async function startedNode(stage: Stage, paceMs: number) {
  const services = await servicesFor(stage);
  const { node, ready } = services.start(paceMs);
  await ready;
  return { ...services, node };
}

test.each(someOf(2, stages))(
  "%s: on SIGTERM the job that runs is finished and acked, and the exit code is 0",
  async (stage) => {
    const { table, rabbit, node, times, order } = await startedNode(stage, 50);
    await order();
    await vi.waitUntil(() => times("painted") > 0, { timeout: 20_000 });
    node.signal("SIGTERM");
    expect(await node.ended).toBe(0);
    expect([times("painted"), times("acked")]).toEqual([10, 1]);
    expect(await rabbit.depth(STAGES[stage].jobs.queue)).toEqual({ messages: 0, consumers: 0 });
    expect((await table.verdict()).every((area) => area.wearing.blue === 10)).toBe(true);
  },
);

test.each(TWO)("%s: on SIGTERM while it starts it takes no job, and the exit code is 0", async (stage) => {
  const { served, rabbit, start, times, order } = await servicesFor(stage);
  await order();
  // The last thing that a node asks before it consumes.
  const proxy = await startFaultProxy(served.url);
  const held = proxy.stallAt("FROM story.areas");
  closing.push(() => proxy.close());
  const { node, ready } = start(3_600_000, proxy.url);
  ready.catch(() => {}); // It never will be.
  await held;
  node.signal("SIGTERM");
  proxy.flow();
  expect(await node.ended).toBe(0);
  expect([times("ready"), times("painted"), times("acked")]).toEqual([0, 0, 0]);
  await vi.waitUntil(async () => (await rabbit.depth(STAGES[stage].jobs.queue)).messages === 1, {
    timeout: 20_000,
  });
});

test.each(TWO)("%s: on a second SIGTERM it ends at once, and the job is back in the queue", async (stage) => {
  const { rabbit, node, times, order } = await startedNode(stage, 3_600_000);
  await order();
  await vi.waitUntil(() => times("delivered") > 0, { timeout: 20_000 });
  node.signal("SIGTERM");
  // A second signal that comes before the first is handled would be one with it. A node that drains consumes no more.
  await vi.waitUntil(async () => (await rabbit.depth(STAGES[stage].jobs.queue)).consumers === 0, {
    timeout: 20_000,
  });
  node.signal("SIGTERM");
  expect(await node.ended).toBe(143);
  await vi.waitUntil(async () => (await rabbit.depth(STAGES[stage].jobs.queue)).messages === 1, {
    timeout: 20_000,
  });
});

test.each(TWO)(
  "%s: a job for an area where nobody lives is dead-lettered, and the node goes on",
  async (stage) => {
    const { table, rabbit, node, times, order } = await startedNode(stage, 0);
    await rabbit.publish(
      STAGES[stage].jobs.queue,
      encodeCommand({ area: "south-america", shirt: "purple", revision: 1, world: await worldOf(table) }),
    );
    await order();
    await vi.waitUntil(() => times("acked") === 1 && times("dead-lettered") === 1, { timeout: 20_000 });
    expect((await rabbit.depth(`${STAGES[stage].jobs.queue}_dead`)).messages).toBe(1);
    await vi.waitUntil(() => node.complaint() !== "", { timeout: 20_000 });
    expect(node.complaint()).toContain(
      `n1: a message of ${STAGES[stage].jobs.queue} is in ${STAGES[stage].jobs.queue}_dead now: nobody lives in South America`,
    );
    // These words do not explain how the node ends later.
    node.signal("SIGKILL");
    expect(reasonOf(node, await node.ended)).toBe("killed");
  },
);

test("v4: a job and a cancel of a revision that this world never gave do not stop the real command", async () => {
  const { table, rabbit, node, times, order } = await startedNode("v4", 0);
  const world = await worldOf(table);
  const leftover = { area: "north-america", shirt: "green", revision: 9, world } as const;
  await rabbit.publish(STAGES.v4.jobs.queue, encodeCommand(leftover));
  const cancel = { area: "north-america", consumerId: "nobody", revision: 8, world } as const;
  await rabbit.broadcast(STAGES.v4.cancels, encodeCancel(cancel));
  await vi.waitUntil(() => times("dead-lettered") === 1 && times("cancel dropped") === 1, {
    timeout: 20_000,
  });
  await order();
  await vi.waitUntil(() => times("acked") === 1, { timeout: 20_000 });
  expect(await table.verdict()).toMatchObject([{ wrong: 0, wearing: { blue: 10 } }]);
  expect((await rabbit.depth(`${STAGES.v4.jobs.queue}_dead`)).messages).toBe(1);
  await vi.waitUntil(() => node.complaint() !== "", { timeout: 20_000 });
  expect(node.complaint()).toContain("this world never accepted revision 9 of GREEN for North America");
  node.signal("SIGKILL");
});

async function worldOf(table: Table): Promise<string> {
  return (await table.world()) ?? expect.fail("the table has no world");
}

test.each(TWO)(
  "%s: a node whose world is gone ends at the next job, which the next node does; what the old world left is dead-lettered",
  async (stage) => {
    const { queue } = STAGES[stage].jobs;
    const { table, rabbit, start, node, times, order } = await startedNode(stage, 0);
    const old = await worldOf(table);
    await table.prepare({ population: { "north-america": 10 } });
    await order();
    expect(await node.ended).toBe(1);
    expect(node.complaint()).toMatch(/^n1: the world that this works for is gone/);
    expect(times("painted")).toBe(0);
    const leftover = { area: "north-america", shirt: "green", revision: 9, world: old } as const;
    await rabbit.publish(queue, encodeCommand(leftover));
    await start(0).ready;
    await vi.waitUntil(() => times("acked") === 1 && times("dead-lettered") === 1, { timeout: 20_000 });
    expect(await table.verdict()).toMatchObject([{ wrong: 0, wearing: { blue: 10 } }]);
    expect((await rabbit.depth(`${queue}_dead`)).messages).toBe(1);
  },
);

test("v1: a job that is longer than the drain time ends with its node, and is back in the queue", async () => {
  const { queue } = STAGES.v1.jobs;
  const { served, rabbit, start, times, order } = await servicesFor("v1");
  const { node, ready } = start(3_600_000, served.url, 100);
  await ready;
  await order();
  await vi.waitUntil(() => times("delivered") > 0, { timeout: 20_000 });
  node.signal("SIGTERM");
  expect(await node.ended).toBe(143);
  await vi.waitUntil(async () => (await rabbit.depth(queue)).messages === 1, { timeout: 20_000 });
});
