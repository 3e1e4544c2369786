/** Graphile Worker, without its own log on the screen. */
import type { run as Run, runMigrations as RunMigrations, TaskList } from "graphile-worker";
import type pg from "pg";
import { importLibrary } from "../libraries.ts";

interface Library {
  readonly run: typeof Run;
  readonly runMigrations: typeof RunMigrations;
  readonly Logger: typeof import("graphile-worker").Logger;
}

/** Makes its schema. */
export async function migrate(pgPool: pg.Pool): Promise<void> {
  const { runMigrations, Logger } = await importLibrary<Library>("graphile-worker");
  await runMigrations({ pgPool, logger: new Logger(() => () => {}) });
}

/** Starts a worker that does one job at a time. */
export async function startRunner(pgPool: pg.Pool, taskList: TaskList): Promise<void> {
  const { run, Logger } = await importLibrary<Library>("graphile-worker");
  const logger = new Logger(() => () => {});
  await run({ pgPool, taskList, logger, concurrency: 1, noHandleSignals: true, pollInterval: 200 });
}
