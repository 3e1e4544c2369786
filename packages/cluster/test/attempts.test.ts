/** Attempts: a node that is killed is seen in the table, one that ends in any other way is not. */
import { type Chan, chan, type RecvChan, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { Area, Command, EventBody, Job } from "@shirts/story";
import type { Table } from "@shirts/table";
import { expect, test } from "vitest";
import { Attempts, KILLS_MAX } from "../src/node/attempts.ts";
import type { DeliveredJob } from "../src/node/job.ts";

const of = (area: Area): Command => ({ area, shirt: "blue", revision: 1, world: "w1" });
const noReport = ({ type }: EventBody) => expect.fail(type);
const [ours, theirs] = [of("north-america"), of("south-america")];

/** What the table knows of attempts. No step ever lands here: what is not taken back is a kill. */
function fakeTable() {
  const rows = new Map<string, { area: Area; beats: number }>();
  const table: Pick<Table, "begin" | "beat" | "end"> = {
    async begin({ area }, { id, living }, killsMax) {
      const isKill = ([one, row]: [string, { area: Area }]) => row.area === area && !living.includes(one);
      const kills = [...rows].filter(isKill).length;
      if (kills < killsMax) rows.set(id, { area, beats: 0 });
      return { isGivenUp: kills >= killsMax, kills };
    },
    async beat(ids) {
      for (const id of ids) (rows.get(id) ?? { beats: 0 }).beats++;
    },
    async end(ids) {
      for (const id of ids) rows.delete(id);
    },
  };
  return { table, rows };
}

interface Deliveries {
  readonly jobs: Chan<DeliveredJob>;
  readonly deadLetters: string[];
  deliver(command: Command): void;
}

function deliveries(): Deliveries {
  const jobs = chan<DeliveredJob>(100);
  const deadLetters: string[] = [];
  const deadLetter = async (reason: string) => void deadLetters.push(reason);
  const deliver = (command: Command) => jobs.trySend({ command, redelivered: false, ack() {}, deadLetter });
  return { jobs, deadLetters, deliver };
}

async function next(jobs: RecvChan<Job>): Promise<Job> {
  const [job] = await jobs.recv();
  return job ?? expect.fail("no more jobs");
}

test("a walk that ends in a living process leaves nothing behind, however it ends; one that is killed leaves its row", () =>
  bubble(async () => {
    const { table, rows } = fakeTable();
    const { jobs, deliver } = deliveries();
    const attempts = new Attempts(table, "n1", noReport);
    const noted = attempts.note(jobs);
    for (const command of [ours, theirs]) deliver(command);
    const [first] = [await next(noted), await next(noted)];
    expect([...rows.values()].map(({ area }) => area)).toEqual(["north-america", "south-america"]);
    first.ack();
    first.ack();
    await sleep(1);
    expect([...rows.values()].map(({ area }) => area)).toEqual(["south-america"]);
    await attempts.end();
    expect(rows.size).toBe(0);
    // What is delivered now is left to the broker.
    deliver(ours);
    await sleep(1_000);
    expect([rows.size, noted.tryRecv()]).toEqual([0, undefined]);
    jobs.close();
  }));

test("thirty cut connections within one step count as nothing; planted: attempts that are not taken back", () =>
  bubble(async () => {
    for (const isTakenBack of [true, false]) {
      const { table } = fakeTable();
      const { jobs, deadLetters, deliver } = deliveries();
      const end = isTakenBack ? table.end : async () => {};
      for (let cut = 0; cut < 30 && deadLetters.length === 0; cut++) {
        // Each time another node, which drains: its connection is lost, its process lives.
        const attempts = new Attempts({ ...table, end }, `n${cut}`, () => {});
        const delivered = deliveries();
        const noted = attempts.note(delivered.jobs);
        delivered.deliver(ours);
        await sleep(10);
        noted.tryRecv();
        deadLetters.push(...delivered.deadLetters);
        await attempts.end();
        delivered.jobs.close();
      }
      expect(deadLetters.length, `taken back: ${isTakenBack}`).toBe(isTakenBack ? 0 : 1);
      deliver(ours);
      jobs.close();
    }
  }));

test("a job that killed its nodes is rejected and dead-lettered in one line, and the next one is done", () =>
  bubble(async () => {
    const { table, rows } = fakeTable();
    for (let kill = 0; kill < KILLS_MAX; kill++) rows.set(`dead ${kill}`, { area: ours.area, beats: 9 });
    const { jobs, deadLetters, deliver } = deliveries();
    const log: EventBody[] = [];
    const attempts = new Attempts(table, "n1", (event) => log.push(event));
    const noted = attempts.note(jobs);
    for (const command of [ours, theirs]) deliver(command);
    expect((await next(noted)).command).toEqual(theirs);
    const reason =
      "5 nodes died of it without one step in between. It does not come back by itself; `president --resend` tries it again";
    expect(log).toEqual([{ type: "rejected", command: ours, reason }]);
    expect(deadLetters).toEqual([reason]);
    jobs.close();
    await attempts.end();
  }));

test("a job that killed a node goes alone until its first step or its end", () =>
  bubble(async () => {
    for (const goesOn of ["landed", "ended"] as const) {
      const { table, rows } = fakeTable();
      rows.set("dead", { area: ours.area, beats: 0 });
      const { jobs, deliver } = deliveries();
      const attempts = new Attempts(table, "n1", noReport);
      const noted = attempts.note(jobs);
      for (const command of [ours, theirs]) deliver(command);
      const suspect = await next(noted);
      await sleep(60_000);
      attempts.landed(theirs);
      await sleep(1);
      expect([noted.tryRecv(), rows.size]).toEqual([undefined, 2]);
      if (goesOn === "landed") attempts.landed(ours);
      else suspect.ack();
      expect((await next(noted)).command).toEqual(theirs);
      jobs.close();
      await attempts.end();
    }
  }));

/** One node after the other takes both jobs, and dies of the first. Resolves with the areas that are dead-lettered in the end. */
async function poisonBesideHealthy(
  begin: (table: Pick<Table, "begin">) => Table["begin"],
): Promise<string[]> {
  const { table } = fakeTable();
  const rejected: string[] = [];
  for (let node = 1; node < 20; node++) {
    const { jobs, deliver } = deliveries();
    const attempts = new Attempts(
      { ...table, begin: begin(table), end: async () => {} },
      `n${node}`,
      (event) => {
        if (event.type === "rejected") rejected.push(event.command.area);
      },
    );
    const noted = attempts.note(jobs);
    for (const command of [ours, theirs]) if (!rejected.includes(command.area)) deliver(command);
    await sleep(1);
    // The routines of both begin; ours takes the process with it, before theirs has made a step.
    while (noted.tryRecv()) await sleep(1);
    jobs.close();
    await attempts.end();
    if (rejected.includes(ours.area)) return rejected;
  }
  return rejected;
}

test("a healthy job beside one that kills is not taken for a killer; planted: they go together every time", () =>
  bubble(async () => {
    expect(await poisonBesideHealthy(({ begin }) => begin)).toEqual(["north-america"]);
    const unsuspecting = ({ begin }: Pick<Table, "begin">): Table["begin"] => {
      return async (...asked) => ({ ...(await begin(...asked)), kills: 0 });
    };
    expect(await poisonBesideHealthy(unsuspecting)).toEqual(["north-america", "south-america"]);
  }));

test("a node tells the table that its walks live, and complains when the table does not hear it", () =>
  bubble(async () => {
    const { table, rows } = fakeTable();
    const { jobs, deliver } = deliveries();
    let isDown = false;
    const log: EventBody[] = [];
    const down = () => Promise.reject(new Error("nobody answers there"));
    const beat: Table["beat"] = (ids) => (isDown ? down() : table.beat(ids));
    const attempts = new Attempts({ ...table, beat }, "n1", (event) => log.push(event));
    deliver(ours);
    const job = await next(attempts.note(jobs));
    await sleep(10_500);
    const [row] = rows.values();
    expect(row?.beats).toBe(10);
    isDown = true;
    await sleep(1_000);
    expect(log).toEqual([
      { type: "failed", reason: "the table does not hear that jobs go on: nobody answers there" },
    ]);
    job.ack();
    await sleep(60_000);
    expect(log).toHaveLength(1);
    jobs.close();
    await attempts.end();
  }));

test("a job with an attempt is acked at its broker, and when there are no more jobs none is noted", () =>
  bubble(async () => {
    const { table } = fakeTable();
    const { jobs } = deliveries();
    const attempts = new Attempts(table, "n1", noReport);
    const noted = attempts.note(jobs);
    let acks = 0;
    jobs.trySend({ command: ours, redelivered: false, ack: () => acks++, deadLetter: async () => {} });
    jobs.close();
    (await next(noted)).ack();
    expect(acks).toBe(1);
    expect(await noted.recv()).toEqual([undefined, false]);
    await attempts.end();
  }));

test("walks of one command that live in one process are no kills of each other", () =>
  bubble(async () => {
    const { table } = fakeTable();
    const { jobs, deliver } = deliveries();
    const attempts = new Attempts(table, "n1", noReport);
    const noted = attempts.note(jobs);
    for (let copy = 0; copy < 3; copy++) deliver(ours);
    // After a kill the next job would wait for a first step, and none lands here.
    for (let copy = 0; copy < 3; copy++) await next(noted);
    await attempts.end();
  }));

test("a node ends when the table has its walks back, not before", () =>
  bubble(async () => {
    const { table, rows } = fakeTable();
    const { jobs, deliver } = deliveries();
    const slow = {
      ...table,
      async end(ids: readonly string[]) {
        await sleep(100);
        await table.end(ids);
      },
    };
    const attempts = new Attempts(slow, "n1", noReport);
    const noted = attempts.note(jobs);
    deliver(ours);
    await next(noted);
    await attempts.end();
    expect(rows.size).toBe(0);
  }));
