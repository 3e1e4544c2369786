/**
 * Admission to a node: in every stage only jobs and cancels of the node's own world reach the worker. In v4 they are compared
 * with the table, too: a job or a cancel names a revision, and only the table gives revisions.
 *
 * A v4 worker believes the highest revision that it hears of. A job of an earlier world that stayed in the queue, or a
 * cancel that no president sent, could name one that is higher than any real command's: then the real ones would be
 * dropped as superseded. So both are compared with the table here, before the worker sees them. Their order stays.
 */
import { after, chan, go, type RecvChan } from "@shirts/chan";
import { areaName, type Cancel, type Command, type Report } from "@shirts/story";
import type { Table } from "@shirts/table";
import type { DeliveredJob } from "./job.ts";
import type { NodeWorld } from "./node-world.ts";

/**
 * The jobs that the node's world can do: of this world, for an area of it. The others are reported as rejected, and
 * dead-lettered: the first step of such a job would end the node, the job would go back to the queue, and the next node
 * would die of it too. Closed when `jobs` is. When the node's own world is gone, this ends the program: the job is redelivered
 * to a node of its world.
 */
export function jobsOfWorld(
  jobs: RecvChan<DeliveredJob>,
  world: Pick<NodeWorld, "refuses">,
  report: Report,
): RecvChan<DeliveredJob> {
  return filter(jobs, (job) => world.refuses(job.command), rejecting(report));
}

/** The cancels that nodes of this world sent. The others are reported as dropped. Closed when `cancels` is. */
export function cancelsOfWorld(
  cancels: RecvChan<Cancel>,
  world: Pick<NodeWorld, "isForeign">,
  report: Report,
): RecvChan<Cancel> {
  const refuses = async (cancel: Cancel) => (world.isForeign(cancel) ? "it is of another world" : undefined);
  return filter(cancels, refuses, dropping(report));
}

/**
 * The jobs whose command the table has accepted. The others are reported as rejected, and dead-lettered. Closed when `jobs`
 * is. One question to the table for each job; a table that gives no answer ends the program, as it does at a step.
 */
export function admitJobs(
  jobs: RecvChan<DeliveredJob>,
  table: Pick<Table, "accepted">,
  report: Report,
): RecvChan<DeliveredJob> {
  const refuses = async ({ command }: DeliveredJob) =>
    (await table.accepted(command)) ? undefined : neverAccepted(command);
  return filter(jobs, refuses, rejecting(report));
}

/** Passes on the values for which `refuses` gives no reason, in their order; `drop` gets the others. */
function filter<T>(
  values: RecvChan<T>,
  refuses: (value: T) => Promise<string | undefined>,
  drop: (value: T, reason: string) => void,
): RecvChan<T> {
  const admitted = chan<T>();
  go(async () => {
    for await (const value of values) {
      const reason = await refuses(value);
      if (reason === undefined) await admitted.send(value);
      else drop(value, reason);
    }
    admitted.close();
  });
  return admitted;
}

const rejecting = (report: Report) => (job: DeliveredJob, reason: string) => {
  report({ type: "rejected", command: job.command, reason });
  // Not awaited: it takes as long as the broker needs, and the jobs behind this one need not wait for it.
  void job.deadLetter(reason);
};

const dropping = (report: Report) => (cancel: Cancel, reason: string) =>
  report({ type: "cancel dropped", cancel, reason });

function neverAccepted({ area, revision, shirt }: Command): string {
  return `this world never accepted revision ${revision} of ${shirt.toUpperCase()} for ${areaName(area)}: no president sent it, or the table has lost it`;
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
  const refuses = async (cancel: Cancel) => {
    if (isAbove(cancel)) await ask();
    return isAbove(cancel) ? neverGiven(cancel) : undefined;
  };
  return filter(cancels, refuses, dropping(report));
}

function neverGiven({ area, revision }: Cancel): string {
  return `this world has never given revision ${revision} of ${areaName(area)}`;
}
