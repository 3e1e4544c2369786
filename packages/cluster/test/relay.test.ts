import { sleep } from "@shirts/chan";
import { bubble } from "@shirts/chan/testing";
import type { EventBody } from "@shirts/story";
import type { Table, Waiting } from "@shirts/table";
import { expect, test } from "vitest";
import { command } from "../src/president/president.ts";
import { startRelay } from "../src/president/relay.ts";
import { Watch } from "../src/president/watch.ts";
import { type FakeDependencies, fakeDependencies } from "./support/dependencies.ts";

const WAITS = { afterMs: 5_000, everyMs: 1_000 };

test("a relay sends again what is not confirmed for a while, once the broker takes it, and stops cleanly", () =>
  bubble(async () => {
    const { dependencies, sent, fail } = fakeDependencies();
    const log: EventBody[] = [];
    fail(() => true);
    await expect(command(dependencies, "v4", "north-america", "blue", () => {})).rejects.toThrow("down");
    const reporting = { ...dependencies, report: (event: EventBody) => log.push(event) };
    const relay = startRelay(reporting, "v4", WAITS);
    await sleep(5_500);
    expect(log).toEqual([]);
    await sleep(2_000);
    expect(log.filter(({ type }) => type === "failed").at(-1)).toEqual({
      type: "failed",
      reason: "revision 1 was not sent again: the broker is down",
    });
    await sleep(60_000);
    fail(() => false);
    // However long the broker was down: what it has not taken does not make the relay wait longer.
    await sleep(6_000);
    expect(sent).toEqual(["fanout_cancel below 1", "v4_jobs blue"]);
    expect(log.at(-1)).toMatchObject({ type: "sent again", command: { shirt: "blue" } });
    await Promise.all([relay.stop(), relay.stop()]);
  }));

test("a relay that cannot read the outbox says so once, goes on, and says it again when it comes back", () =>
  bubble(async () => {
    const { dependencies } = fakeDependencies();
    let isGone = true;
    const waiting: Table["waiting"] = (stage) =>
      isGone ? Promise.reject(new Error("no table")) : dependencies.table.waiting(stage);
    const log: EventBody[] = [];
    const relay = startRelay(
      {
        ...dependencies,
        table: { ...dependencies.table, waiting },
        report: (event) => log.push(event),
      },
      "v4",
    );
    const told = { type: "failed", reason: "the outbox cannot be read: no table" };
    await sleep(1_500);
    expect(log).toEqual([told]);
    await sleep(5_000);
    expect(log).toEqual([told]);
    isGone = false;
    await sleep(2_000);
    expect(log).toEqual([told]);
    isGone = true;
    await sleep(2_000);
    expect(log).toEqual([told, told]);
    await relay.stop();
  }));

/** BLUE is confirmed, and lost with its queue. Resolves with how many copies of it were sent within `ms`. */
async function copiesWithin(ms: number, relays: readonly Table["waiting"][], fake: FakeDependencies) {
  const { dependencies, sent } = fake;
  await command(dependencies, "v4", "north-america", "blue", () => {});
  const running = relays.map((waiting) =>
    startRelay({ ...dependencies, table: { ...dependencies.table, waiting } }, "v4", WAITS),
  );
  await sleep(ms);
  for (const relay of running) await relay.stop();
  return sent.filter((line) => line === "v4_jobs blue").length - 1;
}

test("a confirmed newest command to which nothing happens is sent again, ever more seldom; planted: only the unconfirmed", () =>
  bubble(async () => {
    const fakes = [fakeDependencies(), fakeDependencies(), fakeDependencies()] as const;
    const reading = (fake: FakeDependencies) => fake.dependencies.table.waiting;
    expect(await copiesWithin(6_500, [reading(fakes[0])], fakes[0])).toBe(1);
    expect(await copiesWithin(8 * 3_600_000, [reading(fakes[1])], fakes[1])).toBeLessThan(15);
    const onlyUnconfirmed: Table["waiting"] = async (stage) =>
      (await reading(fakes[2])(stage)).filter(({ copies }) => copies === 0);
    expect(await copiesWithin(8 * 3_600_000, [onlyUnconfirmed], fakes[2])).toBe(0);
  }));

test("ten relays send as many copies as one; planted: a claim that everybody gets", () =>
  bubble(async () => {
    const fake = fakeDependencies();
    // All have read before the first one sends.
    const ten = ({ dependencies }: FakeDependencies) =>
      new Array<Table["waiting"]>(10).fill(async (stage) => {
        const all = await dependencies.table.waiting(stage);
        await sleep(10);
        return all;
      });
    expect(await copiesWithin(6_500, ten(fake), fake)).toBe(1);
    const greedy = fakeDependencies();
    Object.assign(greedy.dependencies.table, { claim: async () => true });
    expect(await copiesWithin(6_500, ten(greedy), greedy)).toBe(10);
  }));

test("a command that a living node has in hand is left alone, however long a step takes, and comes back when that node dies", () =>
  bubble(async () => {
    const fake = fakeDependencies();
    const { dependencies, sent, happens } = fake;
    await command(dependencies, "v4", "north-america", "blue", () => {});
    const relay = startRelay(dependencies, "v4", WAITS);
    for (let beats = 0; beats < 100; beats++) {
      happens({ attempts: 1, beats });
      await sleep(1_000);
    }
    expect(sent).toHaveLength(2);
    await sleep(6_000);
    expect(sent.slice(2)).toEqual(["fanout_cancel below 1", "v4_jobs blue"]);
    await relay.stop();
  }));

const seen: Waiting = {
  command: { area: "north-america", shirt: "blue", revision: 1, world: "w1" },
  copies: 1,
  sendings: 0,
  landed: 0,
  attempts: 0,
  beats: 0,
};

test("a watch counts its own rounds: whatever happens in between, it begins to count again", () => {
  for (const change of ["copies", "sendings", "landed", "attempts", "beats"] as const) {
    const watch = new Watch(2);
    expect([watch.due([seen]), watch.due([seen])]).toEqual([[], []]);
    const changed = { ...seen, [change]: 7 };
    expect([watch.due([changed]), watch.due([changed])], change).toEqual([[], []]);
    if (change !== "copies") expect(watch.due([changed]), change).toEqual([changed]);
  }
});

test("a watch waits twice as long after each copy that brought no step, and as at first after a step", () => {
  const watch = new Watch(2);
  const roundsUntilDue = (one: Waiting): number => {
    for (let rounds = 0; rounds < 100; rounds++) if (watch.due([one]).length > 0) return rounds;
    return Number.POSITIVE_INFINITY;
  };
  expect(roundsUntilDue(seen)).toBe(2);
  expect(roundsUntilDue({ ...seen, copies: 2, sendings: 1 })).toBe(4);
  expect(roundsUntilDue({ ...seen, copies: 3, sendings: 2 })).toBe(8);
  expect(roundsUntilDue({ ...seen, copies: 3, sendings: 2, landed: 1 })).toBe(2);
});
