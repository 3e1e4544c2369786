/** A producer and a worker on Graphile Worker. The job's key is the area: a newer job replaces the one that waits. */
import { STEPS } from "../people.ts";
import type { Accepted, Order, Tools } from "../tools.ts";
import { startRunner } from "./runner.ts";

// #region command
export async function command({ db }: Tools, { area, shirt }: Order): Promise<void> {
  // One statement: there is no revision without its job, and no job without its revision.
  await db.query(
    `WITH accepted AS (INSERT INTO areas (area, revision) VALUES ($1, 1)
       ON CONFLICT (area) DO UPDATE SET revision = areas.revision + 1 RETURNING revision)
     SELECT graphile_worker.add_job('paint', json_build_object('area', $1::text, 'shirt', $2::text, 'revision', revision),
       job_key => $1::text, job_key_mode => 'replace') FROM accepted`,
    [area, shirt],
  );
}
// #endregion command

export async function work({ db, render, log }: Tools): Promise<void> {
  await startRunner(db, {
    async paint(payload) {
      const { area, shirt, revision } = payload as Accepted;
      for (const step of STEPS) {
        await render(shirt, step);
        const { rowCount } = await db.query(
          `WITH fence AS (SELECT FROM areas WHERE area = $2 AND revision = $4 FOR NO KEY UPDATE)
           UPDATE people SET shirt = $1 WHERE EXISTS (SELECT FROM fence) AND area = $2 AND step = $3`,
          [shirt, area, step, revision],
        );
        // Complete, do not throw: Graphile Worker would try again what is no longer wanted.
        if (rowCount === 0) return log(`${shirt} refused`);
      }
      log(`${shirt} done`);
    },
  });
}
