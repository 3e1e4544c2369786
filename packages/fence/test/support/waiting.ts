import type pg from "pg";
import { vi } from "vitest";

/** Resolves when so many sessions of this database wait for a lock. Throws when they do not within ten seconds. */
export async function untilWaiting(watcher: pg.Client, number = 1): Promise<void> {
  const waiting =
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  await vi.waitUntil(async () => (await watcher.query(waiting)).rowCount === number, {
    timeout: 10_000,
    interval: 5,
  });
}
