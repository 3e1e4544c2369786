/** The door of a v4 node: what the table has not given does not reach the worker. */
import { type Chan, chan, go, sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { Area, Cancel, Command, Happening, Job } from "@shirts/story";
import { expect, test } from "vitest";
import { type Arrival, acceptedJobs, confirmedCancels } from "../src/door.ts";

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

function arrivals(...commands: Command[]): { arrivals: Chan<Arrival>; aside: string[] } {
  const aside: string[] = [];
  const all = chan<Arrival>(commands.length);
  for (const command of commands) {
    const job: Job = { command, redelivered: false, ack() {} };
    all.trySend({ job, deadLetter: async (reason) => void aside.push(reason) });
  }
  all.close();
  return { arrivals: all, aside };
}

test("a job whose command the table never accepted is dead-lettered with its reason, and is not told as delivered", () =>
  bubble(async () => {
    const { arrivals: all, aside } = arrivals(command(6), command(1));
    const log: Happening[] = [];
    const world = { accepted: async ({ revision }: Command) => revision < 3 };
    const jobs = await drain(acceptedJobs(all, world, (happening) => log.push(happening)));
    expect(jobs.map((job) => job.command.revision)).toEqual([1]);
    expect(log).toEqual([{ type: "delivered", command: command(1), redelivered: false }]);
    expect(aside).toEqual([
      "this world never accepted revision 6 of BLUE for North America: the job is of an earlier world, or nobody's",
    ]);
  }));

test("jobs keep their order, however long the table needs for each", () =>
  bubble(async () => {
    const { arrivals: all } = arrivals(command(1), command(2), command(3));
    const accepted = async ({ revision }: Command) => {
      await sleep(100 - revision * 30);
      return true;
    };
    const jobs = await drain(acceptedJobs(all, { accepted }, () => {}));
    expect(jobs.map((job) => job.command.revision)).toEqual([1, 2, 3]);
  }));

/** A table that counts its questions, and answers when `answers` says so. */
function table(revision: () => number, answers = () => true) {
  const world = {
    asked: 0,
    async revisions(): Promise<Map<Area, number>> {
      world.asked++;
      if (!answers()) throw new Error("nobody answers there");
      return new Map([[area, revision()]]);
    },
  };
  return world;
}

test("a cancel for a revision that the table never gave is dropped and reported, and the next one gets through", () =>
  bubble(async () => {
    const heard = chan<Cancel>(9);
    for (const revision of [7, 2, undefined]) heard.trySend(cancel(revision));
    heard.close();
    const log: Happening[] = [];
    const world = table(() => 2);
    const cancels = confirmedCancels(heard, world, (happening) => log.push(happening), expect.fail);
    expect(await drain(cancels)).toEqual([cancel(2), cancel()]);
    const reason = "this world has never given revision 7 of North America";
    expect(log).toEqual([{ type: "cancel dropped", cancel: cancel(7), reason }]);
  }));

test("the table is asked once for a new revision, and not again for it or an older one", () =>
  bubble(async () => {
    const heard = chan<Cancel>(9);
    let newest = 2;
    const world = table(() => newest);
    const cancels = confirmedCancels(heard, world, () => {}, expect.fail);
    for (const revision of [2, 2, 1]) {
      heard.trySend(cancel(revision));
      await cancels.recv();
    }
    expect(world.asked).toBe(1);
    newest = 3;
    heard.trySend(cancel(3));
    expect(await cancels.recv()).toEqual([cancel(3), true]);
    expect(world.asked).toBe(2);
    heard.close();
    expect(await cancels.recv()).toEqual([undefined, false]);
  }));

test("while the table does not answer no cancel passes, and afterwards they pass in their order", () =>
  bubble(async () => {
    const heard = chan<Cancel>(9);
    let isUp = false;
    const lines: string[] = [];
    const world = table(
      () => 2,
      () => isUp,
    );
    const cancels = confirmedCancels(
      heard,
      world,
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
      "cancels wait, since the table cannot be asked for its revisions: nobody answers there",
    );
    isUp = true;
    await sleep(5_000);
    expect(passed).toEqual([1, 2]);
    heard.close();
  }));
