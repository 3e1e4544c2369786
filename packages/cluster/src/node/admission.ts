/**
 * Admission to a v4 node: a job or a cancel names a revision, and only the table gives revisions.
 *
 * A v4 worker believes the highest revision that it hears of. A job of an earlier world that stayed in the queue, or a
 * cancel that no president sent, could name one that is higher than any real command's: then the real ones would be
 * dropped as superseded. So both are compared with the table here, before the worker sees them. Their order stays.
 */
import { after, chan, go, type RecvChan } from "@shirts/chan";
import { areaName, type Cancel, type Command, type Job, type Report } from "@shirts/story";
import type { Table } from "@shirts/table";
import type { DeliveredJob } from "./job.ts";

/**
 * The jobs whose command the table has accepted. The others are reported as rejected, and dead-lettered. Closed when `jobs`
 * is. One question to the table for each job; a table that gives no answer ends the program, as it does at a step.
 */
export function admitJobs(
  jobs: RecvChan<DeliveredJob>,
  table: Pick<Table, "accepted">,
  report: Report,
): RecvChan<Job> {
  const admitted = chan<Job>();
  go(async () => {
    for await (const job of jobs) {
      if (await table.accepted(job.command)) {
        await admitted.send(job);
        continue;
      }
      const reason = neverAccepted(job.command);
      report({ type: "rejected", command: job.command, reason });
      // Not awaited: it takes as long as the broker needs, and the jobs behind this one need not wait for it.
      void job.deadLetter(reason);
    }
    admitted.close();
  });
  return admitted;
}

function neverAccepted({ area, revision, shirt }: Command): string {
  return `this world never accepted revision ${revision} of ${shirt.toUpperCase()} for ${areaName(area)}: the job is of an earlier world, or no president sent it`;
}

/** The pause between two questions to a table that does not answer. The table's client has retried by then. */
const PAUSE_MS = 1_000;

/**
 * The cancels whose revision the table has given. The others are dropped and reported. Closed when `cancels` is. The table
 * is asked only for a revision above all that it has confirmed before: at most once for a new command. While it does not
 * answer, cancels wait here; `tell` gets a line for each question that failed.
 */
export function admitCancels(
  cancels: RecvChan<Cancel>,
  table: Pick<Table, "revisions">,
  report: Report,
  tell: (line: string) => void,
): RecvChan<Cancel> {
  const admitted = chan<Cancel>();
  let confirmed: Awaited<ReturnType<Table["revisions"]>> = new Map();
  const isAbove = ({ area, revision = 0 }: Cancel) => revision > (confirmed.get(area) ?? 0);
  const ask = async (): Promise<void> => {
    for (;;) {
      try {
        confirmed = await table.revisions();
        return;
      } catch (error) {
        tell(
          `cancels wait, because the revisions cannot be read from the table: ${(error as Error).message}`,
        );
        await after(PAUSE_MS).recv();
      }
    }
  };
  go(async () => {
    for await (const cancel of cancels) {
      if (isAbove(cancel)) await ask();
      if (isAbove(cancel)) report({ type: "cancel dropped", cancel, reason: neverGiven(cancel) });
      else await admitted.send(cancel);
    }
    admitted.close();
  });
  return admitted;
}

function neverGiven({ area, revision }: Cancel): string {
  return `this world has never given revision ${revision} of ${areaName(area)}`;
}
