/** The session lock, on a clock of the test's own. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Holder, SessionLock } from "../src/session-lock.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const IDLE_MS = 200;
const keep = async () => true;
const done = async () => false;

/** A client that leaves when it is evicted. */
function client(lock: SessionLock) {
  const holder: Holder & { evictedAt?: number } = {
    evict() {
      holder.evictedAt = performance.now();
      lock.release(holder);
    },
  };
  return holder;
}

test("an idle holder is evicted after its time, however many clients come and go meanwhile", async () => {
  const lock = new SessionLock(IDLE_MS, async () => {});
  const frozen = client(lock);
  await lock.run(frozen, keep);
  const from = performance.now();
  const waiting: Holder[] = [];
  for (let atMs = 0; atMs < 1_000; atMs += 20) {
    const newcomer = client(lock);
    waiting.push(newcomer);
    void lock.run(newcomer, done);
    // Some leave again before it is their turn.
    const leaving = atMs % 60 === 0 ? waiting.shift() : undefined;
    if (leaving) lock.release(leaving);
    await vi.advanceTimersByTimeAsync(20);
  }
  expect((frozen.evictedAt ?? Number.POSITIVE_INFINITY) - from).toBeLessThanOrEqual(IDLE_MS + 20);
});

test("a holder that works is not evicted, however long others wait", async () => {
  const lock = new SessionLock(IDLE_MS, async () => {});
  const busy = client(lock);
  await lock.run(busy, keep);
  const served = vi.fn();
  void lock.run(client(lock), done).then(served);
  for (let atMs = 0; atMs < 1_000; atMs += IDLE_MS / 2) {
    await vi.advanceTimersByTimeAsync(IDLE_MS / 2);
    await lock.run(busy, keep);
  }
  expect(busy.evictedAt).toBeUndefined();
  await lock.run(busy, done);
  await vi.advanceTimersByTimeAsync(0);
  expect(served).toHaveBeenCalledOnce();
});

test("a holder that is idle is let alone while nobody waits, and its time counts from its last work", async () => {
  const lock = new SessionLock(IDLE_MS, async () => {});
  const alone = client(lock);
  await lock.run(alone, keep);
  await vi.advanceTimersByTimeAsync(10 * IDLE_MS);
  expect(alone.evictedAt).toBeUndefined();
  void lock.run(client(lock), done);
  await vi.advanceTimersByTimeAsync(0);
  expect(alone.evictedAt).toBeDefined();
});
