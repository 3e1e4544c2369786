/**
 * The door of a v4 node: what comes in names a revision, and only the table gives revisions.
 *
 * A v4 worker believes the highest revision that it hears of. A job of an earlier world that stayed in the queue, or a
 * cancel of nobody, could name one that is higher than any real command's: then the real ones would be dropped as
 * superseded. So both are held against the table here, before the worker sees them. Their order stays.
 */
import { after, chan, go, type RecvChan } from "@shirts/chan";
import { areaName, type Cancel, type Command, type Job, type Report } from "@shirts/story";
import type { World } from "@shirts/world";
import { tellDelivered } from "./job.ts";

/** A job that nobody has looked at yet, and the way to the queue of dead letters. */
export interface Arrival {
  readonly job: Job;
  readonly deadLetter: (reason: string) => Promise<void>;
}

/**
 * The jobs of `arrivals` whose command the table has accepted. The others are dead-lettered. Closed when `arrivals` is.
 * One question to the table for each job; a table that gives no answer ends the program, as it does at a step.
 */
export function acceptedJobs(
  arrivals: RecvChan<Arrival>,
  world: Pick<World, "accepted">,
  report: Report,
): RecvChan<Job> {
  const jobs = chan<Job>();
  go(async () => {
    for await (const { job, deadLetter } of arrivals) {
      if (await world.accepted(job.command)) {
        tellDelivered(job, report);
        await jobs.send(job);
        // Not awaited: it takes as long as the broker needs, and the jobs behind this one need not wait for it.
      } else void deadLetter(neverAccepted(job.command));
    }
    jobs.close();
  });
  return jobs;
}

function neverAccepted({ area, revision, shirt }: Command): string {
  return `this world never accepted revision ${revision} of ${shirt.toUpperCase()} for ${areaName(area)}: the job is of an earlier world, or nobody's`;
}

/** Pauses between two questions to a table that does not answer, in milliseconds. */
const PAUSE_MS = { first: 200, longest: 5_000 };

/**
 * The cancels of `heard` whose revision the table has given. The others are dropped and reported. Closed when `heard`
 * is. The table is asked only for a revision above all that it has confirmed before: at most once for a new command.
 * While it does not answer, cancels wait here; `tell` gets a line for each question in vain.
 */
export function confirmedCancels(
  heard: RecvChan<Cancel>,
  world: Pick<World, "revisions">,
  report: Report,
  tell: (line: string) => void,
): RecvChan<Cancel> {
  const cancels = chan<Cancel>();
  let confirmed: Awaited<ReturnType<World["revisions"]>> = new Map();
  const isAbove = ({ area, revision = 0 }: Cancel) => revision > (confirmed.get(area) ?? 0);
  const ask = async (): Promise<void> => {
    for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MS.longest)) {
      try {
        confirmed = await world.revisions();
        return;
      } catch (error) {
        tell(`cancels wait, since the table cannot be asked for its revisions: ${(error as Error).message}`);
        await after(pauseMs).recv();
      }
    }
  };
  go(async () => {
    for await (const cancel of heard) {
      if (isAbove(cancel)) await ask();
      if (isAbove(cancel)) report({ type: "cancel dropped", cancel, reason: neverGiven(cancel) });
      else await cancels.send(cancel);
    }
    cancels.close();
  });
  return cancels;
}

function neverGiven({ area, revision }: Cancel): string {
  return `this world has never given revision ${revision} of ${areaName(area)}`;
}
