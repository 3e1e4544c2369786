/** A node as a process of its own: how it ends, and what it does with a job that nobody can do. */
import { encodeCancel, encodeCommand, type TraceEvent } from "@shirts/story";
import { afterEach, expect, test, vi } from "vitest";
import type { Stage } from "../src/flags.ts";
import { reasonOf, startNode } from "../src/node-process.ts";
import { CANCEL_EXCHANGE, command, jobQueue } from "../src/president.ts";
import { killAll } from "../src/process.ts";
import { emptyHouse } from "./support/house.ts";
import { openWay } from "./support/way.ts";

// Each test starts a broker, a table and a process; on a busy machine that alone takes a while.
vi.setConfig({ testTimeout: 60_000 });

const STAGES: readonly Stage[] = ["v1", "v2", "v3", "v4"];
/** Where the stages share the code that is tried: one with a classic queue, one with a quorum queue. */
const TWO: readonly Stage[] = ["v1", "v4"];
const QUIET = (): void => {};
const closing: (() => unknown)[] = [];

afterEach(async () => {
  killAll();
  for (const close of closing.splice(0).reverse()) await close();
});

/** A house of its own, with one node that is not started yet. */
async function houseFor(stage: Stage) {
  const { served, broker, world, rabbit } = await emptyHouse(stage, closing);
  const events: TraceEvent[] = [];
  const start = (paceMs: number, databaseUrl = served.url) =>
    startNode(
      {
        name: "n1",
        stage,
        paceMs,
        steps: 10,
        drainMs: 30_000,
        env: { AMQP_URL: broker.url, DATABASE_URL: databaseUrl },
      },
      (event) => events.push(event),
    );
  const times = (type: TraceEvent["type"]): number => events.filter((it) => it.type === type).length;
  return {
    served,
    world,
    rabbit,
    start,
    times,
    order: () => command({ rabbit, world }, stage, "north-america", "blue", QUIET),
  };
}

/** The same with its node, which waits for jobs. */
async function house(stage: Stage, paceMs: number) {
  const { start, ...rest } = await houseFor(stage);
  const { node, ready } = start(paceMs);
  await ready;
  return { ...rest, node };
}

test.each(STAGES)(
  "%s: on SIGTERM the job that runs is finished and acked, and the exit code is 0",
  async (stage) => {
    const { world, rabbit, node, times, order } = await house(stage, 50);
    await order();
    await vi.waitUntil(() => times("painted") > 0, { timeout: 20_000 });
    node.signal("SIGTERM");
    expect(await node.ended).toBe(0);
    expect([times("painted"), times("acked")]).toEqual([10, 1]);
    expect(await rabbit.depth(jobQueue(stage))).toEqual({ messages: 0, consumers: 0 });
    expect((await world.verdict()).every((area) => area.wearing.blue === 10)).toBe(true);
  },
);

test.each(TWO)("%s: on SIGTERM while it starts it takes no job, and the exit code is 0", async (stage) => {
  const { served, rabbit, start, times, order } = await houseFor(stage);
  await order();
  // The last thing that a node asks before it consumes.
  const way = await openWay(served.url, "FROM story.areas");
  closing.push(() => way.close());
  const { node, ready } = start(3_600_000, way.url);
  ready.catch(() => {}); // It never will be.
  await way.held;
  node.signal("SIGTERM");
  way.flow();
  expect(await node.ended).toBe(0);
  expect([times("ready"), times("painted"), times("acked")]).toEqual([0, 0, 0]);
  await vi.waitUntil(async () => (await rabbit.depth(jobQueue(stage))).messages === 1, { timeout: 20_000 });
});

test.each(TWO)("%s: on a second SIGTERM it ends at once, and the job is back in the queue", async (stage) => {
  const { rabbit, node, times, order } = await house(stage, 3_600_000);
  await order();
  await vi.waitUntil(() => times("delivered") > 0, { timeout: 20_000 });
  node.signal("SIGTERM");
  // A second signal that comes before the first is handled would be one with it. Who drains consumes no more.
  await vi.waitUntil(async () => (await rabbit.depth(jobQueue(stage))).consumers === 0, {
    timeout: 20_000,
  });
  node.signal("SIGTERM");
  expect(await node.ended).toBe(143);
  await vi.waitUntil(async () => (await rabbit.depth(jobQueue(stage))).messages === 1, { timeout: 20_000 });
});

test.each(TWO)(
  "%s: a job for an area where nobody lives is dead-lettered, and the node goes on",
  async (stage) => {
    const { rabbit, node, times, order } = await house(stage, 0);
    await rabbit.publish(
      jobQueue(stage),
      encodeCommand({ area: "south-america", shirt: "purple", revision: 1 }),
    );
    await order();
    await vi.waitUntil(() => times("acked") === 1 && times("dead-lettered") === 1, { timeout: 20_000 });
    expect((await rabbit.depth(`${jobQueue(stage)}_dead`)).messages).toBe(1);
    await vi.waitUntil(() => node.complaint() !== "", { timeout: 20_000 });
    expect(node.complaint()).toContain(
      `n1: a message of ${jobQueue(stage)} is in ${jobQueue(stage)}_dead now: nobody lives in South America`,
    );
    // These words do not explain how the node ends later.
    node.signal("SIGKILL");
    expect(reasonOf(node, await node.ended)).toBe("killed");
  },
);

test("v4: a job and a cancel of a revision that this world never gave do not stop the real command", async () => {
  const { world, rabbit, node, times, order } = await house("v4", 0);
  const leftover = { area: "north-america", shirt: "green", revision: 9 } as const;
  await rabbit.publish(jobQueue("v4"), encodeCommand(leftover));
  const cancel = { area: "north-america", consumerId: "nobody", revision: 8 } as const;
  await rabbit.broadcast(CANCEL_EXCHANGE, encodeCancel(cancel));
  await vi.waitUntil(() => times("dead-lettered") === 1 && times("cancel dropped") === 1, {
    timeout: 20_000,
  });
  await order();
  await vi.waitUntil(() => times("acked") === 1, { timeout: 20_000 });
  expect(await world.verdict()).toMatchObject([{ wrong: 0, wearing: { blue: 10 } }]);
  expect((await rabbit.depth(`${jobQueue("v4")}_dead`)).messages).toBe(1);
  await vi.waitUntil(() => node.complaint() !== "", { timeout: 20_000 });
  expect(node.complaint()).toContain("this world never accepted revision 9 of GREEN for North America");
  node.signal("SIGKILL");
});
