/**
 * A node of v4 holds a job longer than the consumer timeout allows, on real servers: RabbitMQ gives the job to another node,
 * and a newer command overtakes both. The fence refuses what the first node paints when it goes on.
 */
import { type ConnectionStatus, connect, type Rabbit } from "@shirts/amqp";
import { chan, go } from "@shirts/chan";
import { decodeCommand } from "@shirts/cluster/messages";
import { command, declareJobs } from "@shirts/cluster/president";
import { startPostgres, startRabbitMq } from "@shirts/servers";
import { type Cancel, type Command, type Job, STAGES } from "@shirts/story";
import { openTable, type Table } from "@shirts/table";
import { worker } from "@shirts/v4/worker.ts";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { ifInstalled } from "./support/if-installed.ts";

// Two servers are started, and RabbitMQ 3.10 looks after late acks only now and then.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const AREA = "north-america";
const STEPS = 10;
const TIMEOUT_MS = 1_000;

const servers: (() => Promise<unknown>)[] = [];
const connections: (() => Promise<unknown>)[] = [];
const end = async (closing: (() => Promise<unknown>)[]): Promise<void> => {
  for (const close of closing.splice(0).reverse()) await close();
};
afterEach(() => end(connections));
afterAll(() => end(servers));

/** A broker that takes jobs back soon, and a table; undefined where one of them is not installed. */
async function open(): Promise<{ url: string; table: Table } | undefined> {
  const postgres = await ifInstalled(startPostgres);
  if (postgres === undefined) return undefined;
  servers.push(() => postgres.stop());
  const broker = await ifInstalled(startRabbitMq);
  if (broker === undefined) return undefined;
  servers.push(() => broker.stop());
  // The tick is for RabbitMQ before 4.3, which looks once a minute. Both count for AMQP channels that are opened later.
  const settings = { consumer_timeout: TIMEOUT_MS, channel_tick_interval: 200 };
  const set = Object.entries(settings).map(([name, ms]) => `application:set_env(rabbit, ${name}, ${ms})`);
  await broker.ctl("eval", `${set.join(", ")}.`);
  const table = await openTable(postgres.url);
  servers.push(() => table.close());
  return { url: broker.url, table };
}

let services: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  services = await open();
});

async function connected(url: string): Promise<{ rabbit: Rabbit; statuses: ConnectionStatus[] }> {
  const statuses: ConnectionStatus[] = [];
  const rabbit = await connect(url, { onStatus: (status) => statuses.push(status) });
  connections.push(() => rabbit.close());
  return { rabbit, statuses };
}

type Paint = (command: Command, step: number) => Promise<boolean>;

/** A node that takes jobs over a connection of its own. It makes a step for each value that it gets over `pace`. */
async function node(url: string, table: Table, paint: Paint, isPatient: (count: number) => boolean) {
  const { rabbit, statuses } = await connected(url);
  const { queue, type } = STAGES.v4.jobs;
  const { chan: delivered } = await rabbit.consume(queue, {
    prefetch: 1,
    queue: { type },
    decode: (body, { ack, redelivered }) => ({ command: decodeCommand(body), redelivered, ack }),
  });
  const jobs = chan<Job>(100);
  const acks: boolean[] = [];
  const pace = chan<true>();
  let count = 0;
  go(async () => {
    // What it does not look at, it holds until the broker takes it back.
    for await (const { command, redelivered, ack } of delivered)
      if (isPatient(count++)) await jobs.send({ command, redelivered, ack: () => void acks.push(ack()) });
  });
  const working = worker({
    steps: STEPS,
    consumerId: queue,
    // No cancel reaches it: the worst case, in which only the fence is left.
    cancels: chan<Cancel>(),
    broadcast: () => {},
    report: () => {},
    jobs,
    pace: () => pace,
    resume: (command) => table.resume(command, STEPS),
    paint,
  });
  return { statuses, jobs, acks, pace, working };
}

test.for(["the fence", "planted: no fence"])(
  "a job that is held too long is done by another node, and %s has the last word about the first one",
  async (how, { skip }) => {
    if (services === undefined) return skip("no RabbitMQ and PostgreSQL on this machine");
    const { url, table } = services;
    await table.prepare({ population: { [AREA]: 100 } });
    const president = (await connected(url)).rabbit;
    await president.purge(await declareJobs(president, "v4"));
    const isFenced = how === "the fence";
    const outcomes: string[] = [];
    const slowPaint: Paint = async (command, step) => {
      const stroke = { steps: STEPS, node: "slow" };
      if (!isFenced) return !(await table.paint(command, step, stroke)).stale;
      const outcome = await table.paintFenced(command, step, stroke);
      outcomes.push(outcome);
      return outcome !== "refused";
    };
    const slow = await node(url, table, slowPaint, (count) => count === 0);
    const order = (shirt: Command["shirt"]) =>
      command({ rabbit: president, table }, "v4", AREA, shirt, () => {});
    await order("purple");
    await slow.pace.send(true);
    await slow.pace.send(true); // So the first step has landed. From now on it hangs.

    const quick = await node(
      url,
      table,
      async (command, step) =>
        (await table.paintFenced(command, step, { steps: STEPS, node: "quick" })) !== "refused",
      () => true,
    );
    quick.pace.close(); // It never waits.
    const isDone = async (): Promise<boolean> => (await table.unfinished("v4")).length === 0;
    await vi.waitUntil(isDone, { timeout: 60_000 });
    expect(slow.statuses.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(
        /^broker at [^\n]+ queue "v4_jobs" [^\n]+ longer than consumer_timeout [^\n]+\.$/,
      ),
    );
    await order("blue");
    await vi.waitUntil(isDone, { timeout: 60_000 });
    expect(await table.verdict()).toMatchObject([{ commanded: "blue", wrong: 0 }]);

    // The slow node wakes up, and goes on with PURPLE.
    await slow.pace.send(true);
    for (const { jobs, working } of [slow, quick]) {
      jobs.close();
      await working;
    }
    expect(slow.acks).toEqual([false]);
    const [verdict] = await table.verdict();
    if (isFenced) {
      expect(outcomes.at(-1)).toBe("refused");
      expect(verdict).toMatchObject({ commanded: "blue", wrong: 0 });
    } else expect(verdict?.wrong).toBeGreaterThan(0);
  },
);
