/**
 * Admission to a node, as in packages/cluster: only jobs and cancels of the node's own world reach its worker, in their
 * order; and where a stage asks the table (v4), only those whose revision the table has given.
 */
import { chan, type RecvChan } from "@shirts/chan";
import type { Cancel, Job } from "@shirts/story";
import { WORLD_GONE } from "./ends.ts";
import type { Process } from "./process.ts";
import type { Simulation } from "./simulation.ts";
import type { Query } from "./worker-tools.ts";

const NEVER_GIVEN = "the table never gave this revision";

/** Jobs that are not admitted are dead-lettered. A node whose own world is gone ends. */
export function admittedJobs(sim: Simulation, process: Process, query: Query): RecvChan<Job> {
  const { table, stage } = sim;
  const ofWorld = filter(
    process.intake.jobs,
    async ({ command: { world } }) => {
      if (world === process.world) return undefined;
      if ((await query("world", true, () => table.world)) === process.world) return "it is of another world";
      process.kill(WORLD_GONE);
      return new Promise(() => {});
    },
    (job, reason) => job.deadLetter(reason),
  );
  // An exploration has one world and no forged messages: it need not ask.
  if (!stage.admits || sim.mode.exploring) return ofWorld;
  return filter(
    ofWorld,
    async ({ command }) =>
      (await query("accepted", true, () => table.hasAccepted(command))) ? undefined : NEVER_GIVEN,
    (job, reason) => job.deadLetter(reason),
  );
}

/** Cancels that are not admitted are dropped. */
export function admittedCancels(sim: Simulation, process: Process, query: Query): RecvChan<Cancel> {
  const { table, stage } = sim;
  let confirmed = new Map<string, number>();
  const isAbove = ({ area, revision = 0 }: Cancel) => revision > (confirmed.get(area) ?? 0);
  return filter(
    process.hearing.cancels,
    async (cancel) => {
      if (cancel.world !== process.world) return "it is of another world";
      if (!stage.admits || sim.mode.exploring || !isAbove(cancel)) return undefined;
      const newest = await query("revisions", true, () => table.newest());
      confirmed = new Map(newest.map(({ area, revision }) => [area, revision]));
      return isAbove(cancel) ? NEVER_GIVEN : undefined;
    },
    (cancel, reason) => process.report({ type: "cancel dropped", cancel, reason }),
    (cancel) => process.hearing.hear(cancel),
  );
}

function filter<T>(
  values: RecvChan<T>,
  refuses: (value: T) => Promise<string | undefined>,
  drop: (value: T, reason: string) => void,
  pass: (value: T) => void = () => {},
): RecvChan<T> {
  const admitted = chan<T>();
  // No routine of `go`: it is the node's and not the worker's, and is not waited for when the worker ends.
  const run = async (): Promise<void> => {
    for await (const value of values) {
      const reason = await refuses(value);
      if (reason !== undefined) {
        drop(value, reason);
        continue;
      }
      pass(value);
      await admitted.send(value);
    }
    admitted.close();
  };
  void run();
  return admitted;
}
