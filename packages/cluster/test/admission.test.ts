/** Admission to a v4 node: what the table has not given does not reach the worker. */
import { type Chan, chan, go, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { Area, Cancel, Command, EventBody } from "@shirts/story";
import { expect, test } from "vitest";
import { admitCancels, admitJobs, cancelsOfWorld, jobsOfWorld } from "../src/node/admission.ts";
import type { DeliveredJob } from "../src/node/job.ts";

const area = "north-america";
const command = (revision: number): Command => ({ area, shirt: "blue", revision });
const cancel = (revision?: number): Cancel => ({
  area,
  consumerId: "n2",
  ...(revision !== undefined && { revision }),
});

/** Everything that comes out until the chan is closed. */
async function drain<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

function deliveries(...commands: Command[]): { jobs: Chan<DeliveredJob>; deadLetters: string[] } {
  const deadLetters: string[] = [];
  const jobs = chan<DeliveredJob>(commands.length);
  const deadLetter = async (reason: string) => void deadLetters.push(reason);
  for (const command of commands) jobs.trySend({ command, redelivered: false, ack() {}, deadLetter });
  jobs.close();
  return { jobs, deadLetters };
}

test("a job whose command the table never accepted is rejected and dead-lettered with its reason", () =>
  bubble(async () => {
    const { jobs, deadLetters } = deliveries(command(6), command(1));
    const log: EventBody[] = [];
    const table = { accepted: async ({ revision }: Command) => revision < 3 };
    const admitted = await drain(admitJobs(jobs, table, (event) => log.push(event)));
    expect(admitted.map((job) => job.command.revision)).toEqual([1]);
    const reason =
      "this world never accepted revision 6 of BLUE for North America: no president sent it, or the table has lost it";
    expect(log).toEqual([{ type: "rejected", command: command(6), reason }]);
    expect(deadLetters).toEqual([reason]);
  }));

test("jobs keep their order, however long the table needs for each", () =>
  bubble(async () => {
    const { jobs: all } = deliveries(command(1), command(2), command(3));
    const accepted = async ({ revision }: Command) => {
      await sleep(100 - revision * 30);
      return true;
    };
    const jobs = await drain(admitJobs(all, { accepted }, () => {}));
    expect(jobs.map((job) => job.command.revision)).toEqual([1, 2, 3]);
  }));

/** A table that counts its questions, and answers when `answers` says so. */
function fakeTable(revision: () => number, answers = () => true) {
  const table = {
    asked: 0,
    async revisions(): Promise<Map<Area, number>> {
      table.asked++;
      if (!answers()) throw new Error("nobody answers there");
      return new Map([[area, revision()]]);
    },
  };
  return table;
}

test("a cancel for a revision that the table never gave is dropped and reported, and the next one gets through", () =>
  bubble(async () => {
    const heard = chan<Cancel>(9);
    for (const revision of [7, 2, undefined]) heard.trySend(cancel(revision));
    heard.close();
    const log: EventBody[] = [];
    const table = fakeTable(() => 2);
    const cancels = admitCancels(heard, table, (event) => log.push(event), expect.fail);
    expect(await drain(cancels)).toEqual([cancel(2), cancel()]);
    const reason = "this world has never given revision 7 of North America";
    expect(log).toEqual([{ type: "cancel dropped", cancel: cancel(7), reason }]);
  }));

test("the table is asked once for a new revision, and not again for it or an older one", () =>
  bubble(async () => {
    const heard = chan<Cancel>(9);
    let newest = 2;
    const table = fakeTable(() => newest);
    const cancels = admitCancels(heard, table, () => {}, expect.fail);
    for (const revision of [2, 2, 1]) {
      heard.trySend(cancel(revision));
      await cancels.recv();
    }
    expect(table.asked).toBe(1);
    newest = 3;
    heard.trySend(cancel(3));
    expect(await cancels.recv()).toEqual([cancel(3), true]);
    expect(table.asked).toBe(2);
    heard.close();
    expect(await cancels.recv()).toEqual([undefined, false]);
  }));

test("while the table does not answer no cancel passes, and afterwards they pass in their order", () =>
  bubble(async () => {
    const heard = chan<Cancel>(9);
    let isUp = false;
    const lines: string[] = [];
    const table = fakeTable(
      () => 2,
      () => isUp,
    );
    const cancels = admitCancels(
      heard,
      table,
      () => {},
      (line) => lines.push(line),
    );
    const passed: (number | undefined)[] = [];
    go(async () => {
      for await (const { revision } of cancels) passed.push(revision);
    });
    for (const revision of [1, 2]) heard.trySend(cancel(revision));
    await sleep(60_000);
    expect(passed).toEqual([]);
    expect(lines[0]).toBe(
      "cancels wait, because the revisions cannot be read from the table: nobody answers there",
    );
    isUp = true;
    await sleep(5_000);
    expect(passed).toEqual([1, 2]);
    heard.close();
  }));

test("a cancel of another world is dropped and reported, and the node's own world's pass in their order", () =>
  bubble(async () => {
    const heard = chan<Cancel>(3);
    const of = (world: string, revision: number): Cancel => ({ ...cancel(revision), world });
    for (const one of [of("w1", 1), of("w0", 9), of("w1", 2)]) heard.trySend(one);
    heard.close();
    const log: EventBody[] = [];
    const isForeign = ({ world }: Cancel) => world !== "w1";
    const ours = cancelsOfWorld(heard, { isForeign }, (event) => log.push(event));
    expect(await drain(ours)).toEqual([of("w1", 1), of("w1", 2)]);
    expect(log).toEqual([{ type: "cancel dropped", cancel: of("w0", 9), reason: "it is of another world" }]);
  }));

test("a job that the node's world cannot do is rejected and dead-lettered, and the next one is done", () =>
  bubble(async () => {
    const { jobs, deadLetters } = deliveries(command(1), command(2));
    const log: EventBody[] = [];
    const refuses = async ({ revision }: Command) => (revision === 1 ? "of another world" : undefined);
    const ours = await drain(jobsOfWorld(jobs, { refuses }, (event) => log.push(event)));
    expect(ours.map((job) => job.command.revision)).toEqual([2]);
    expect(log).toEqual([{ type: "rejected", command: command(1), reason: "of another world" }]);
    expect(deadLetters).toEqual(["of another world"]);
  }));

test("the jobs behind a rejected one do not wait until it is dead-lettered", () =>
  bubble(async () => {
    const jobs = chan<DeliveredJob>(2);
    const never = chan<never>();
    const deadLetter = async () => void (await never.recv());
    for (const revision of [6, 1])
      jobs.trySend({ command: command(revision), redelivered: false, ack() {}, deadLetter });
    jobs.close();
    const admitted = await drain(
      admitJobs(jobs, { accepted: async ({ revision }) => revision === 1 }, () => {}),
    );
    expect(admitted.map((job) => job.command.revision)).toEqual([1]);
    never.close();
  }));
