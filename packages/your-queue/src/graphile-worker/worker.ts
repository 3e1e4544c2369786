/** A producer and a worker on Graphile Worker. The job's key is the area: a newer job replaces the one that waits. */
import { STEPS } from "../people.ts";
import type { Order, Tools } from "../tools.ts";
import { startRunner } from "./runner.ts";

// #region command
export async function command({ db }: Tools, { area, shirt }: Order): Promise<void> {
  await db.query(
    `SELECT graphile_worker.add_job('paint', json_build_object('area', $1::text, 'shirt', $2::text),
       job_key => $1::text, job_key_mode => 'replace')`,
    [area, shirt],
  );
}
// #endregion command

export async function work({ db, render, log }: Tools): Promise<void> {
  await startRunner(db, {
    async paint(payload) {
      const { area, shirt } = payload as Order;
      for (const step of STEPS) {
        await render(shirt, step);
        await db.query("UPDATE people SET shirt = $1 WHERE area = $2 AND step = $3", [shirt, area, step]);
      }
      log(`${shirt} done`);
    },
  });
}
