import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Counter } from "../src/page/counter.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A table whose counts end when the test says so. */
function counted({ isWatched = true } = {}) {
  const ends: (() => void)[] = [];
  const table = { counts: 0, isWatched, end: () => ends.shift()?.() };
  const count = () => {
    table.counts++;
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  return { table, counter: new Counter(count, () => table.isWatched) };
}

test("many changes are one count", async () => {
  const { table, counter } = counted();
  for (let change = 0; change < 100; change++) counter.changed();
  await vi.advanceTimersByTimeAsync(999);
  expect(table.counts).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(table.counts).toBe(1);
  table.end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(table.counts).toBe(1);
});

test("what changes while it counts is counted again, after four times as long as the count took", async () => {
  const { table, counter } = counted();
  counter.changed();
  await vi.advanceTimersByTimeAsync(1000);
  counter.changed();
  await vi.advanceTimersByTimeAsync(3000);
  expect(table.counts).toBe(1);
  table.end();
  await vi.advanceTimersByTimeAsync(11_999);
  expect(table.counts).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(table.counts).toBe(2);
});

test("for nobody it does not count; the page that comes sees a new count", async () => {
  const { table, counter } = counted({ isWatched: false });
  counter.changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(table.counts).toBe(0);
  table.isWatched = true;
  counter.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(table.counts).toBe(1);
});

test("a count on demand waits for one that began before, and is a new one", async () => {
  const { table, counter } = counted({ isWatched: false });
  let isOver = false;
  const first = counter.now();
  await vi.advanceTimersByTimeAsync(0);
  const second = counter.now().then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(table.counts).toBe(1);
  table.end();
  await first;
  await vi.advanceTimersByTimeAsync(0);
  expect([table.counts, isOver]).toEqual([2, false]);
  table.end();
  await second;
});

test("a stopped counter counts only on demand", async () => {
  const { table, counter } = counted();
  counter.changed();
  await counter.stop();
  counter.changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(table.counts).toBe(0);
  const last = counter.now();
  await vi.advanceTimersByTimeAsync(0);
  table.end();
  await last;
  expect(table.counts).toBe(1);
});
