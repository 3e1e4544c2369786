/**
 * Planted: the number is Graphile Worker's own job.revision, which counts how often a waiting job was replaced. The job that
 * runs was not replaced: BLUE is another job, and begins with 0 again.
 */
import { startRunner } from "../../src/graphile-worker/runner.ts";
import { command } from "../../src/graphile-worker/worker.ts";
import { STEPS } from "../../src/people.ts";
import type { Order, Tools } from "../../src/tools.ts";

export { command };

export async function work({ db, render, log }: Tools): Promise<void> {
  await startRunner(db, {
    async paint(payload, { job }) {
      const { area, shirt } = payload as Order;
      await db.query("UPDATE areas SET revision = greatest(revision, $2) WHERE area = $1", [
        area,
        job.revision,
      ]);
      for (const step of STEPS) {
        await render(shirt, step);
        const { rowCount } = await db.query(
          `WITH fence AS (SELECT FROM areas WHERE area = $2 AND revision = $4 FOR NO KEY UPDATE)
           UPDATE people SET shirt = $1 WHERE EXISTS (SELECT FROM fence) AND area = $2 AND step = $3`,
          [shirt, area, step, job.revision],
        );
        if (rowCount === 0) return log(`${shirt} refused`);
      }
      log(`${shirt} done`);
    },
  });
}
