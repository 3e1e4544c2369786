/**
 * The tools of a simulated worker. What it asks of the network and of the table is an event with a name of its own, counted
 * per process. A dead process gets no answer, and nothing it does has an effect.
 */
import { type Chan, chan } from "@shirts/chan";
import { isAwaited } from "@shirts/chan/testing";
import type { Command } from "@shirts/story";
import { admittedCancels, admittedJobs } from "./admission.ts";
import { WORLD_GONE } from "./ends.ts";
import { paintWithLock } from "./locks.ts";
import { RETRY_MS, SLOW_FACTOR } from "./plan.ts";
import type { Process } from "./process.ts";
import type { Simulation } from "./simulation.ts";
import type { WorkerTools } from "./stages.ts";
import type { Landed } from "./table.ts";

export function toolsOf(sim: Simulation, process: Process): WorkerTools {
  const query = queriesOf(sim, process);
  return {
    jobs: admittedJobs(sim, process, query),
    cancels: admittedCancels(sim, process, query),
    consumerId: process.name,
    steps: sim.steps,
    pace: paceOf(sim, process),
    async paint(command, step) {
      if (process.alive) process.hearing.beginStep(command, step);
      if (sim.stage.locking) return (await paintInEvents(sim, process, command, step)) as never;
      const landed = await query(`paint c${command.revision} ${step}`, false, () =>
        paint(sim, process, command, step),
      );
      if (landed === "gone") {
        process.kill(WORLD_GONE);
        await new Promise(() => {});
      }
      // A worker of v1 to v3 takes this as a promise of nothing, one of v4 as the answer of the fence.
      return (landed !== "refused") as never;
    },
    resume: (command) => query("resume", true, () => sim.table.resume(command)),
    broadcast: (cancel) => process.broadcast(cancel),
    report: (body) => {
      if (process.alive) process.report(body);
    },
  };
}

function paceOf(sim: Simulation, process: Process): () => Chan<undefined> {
  let count = 0;
  return () => {
    const over = chan<undefined>(1);
    count++;
    const label = `pace ${process.name} ${count}`;
    const paceMs = process.paceMs * (process.slow ? SLOW_FACTOR : 1);
    if (paceMs === 0) over.trySend(undefined);
    if (paceMs === 0) return over;
    const from = Math.max(1, Math.ceil(paceMs * 0.75));
    if (process.alive)
      sim.later(
        { label, to: process, ms: [from, Math.floor(paceMs * 1.25)], can: () => isAwaited(over) },
        () => {
          process.wake(label);
          over.trySend(undefined);
        },
      );
    return over;
  };
}

function paint(sim: Simulation, process: Process, command: Command, step: number): Landed {
  const stale = sim.table.isStale(command);
  const landed = sim.table.paint(command, step, sim.stage.fenced === true);
  if (landed === "painted") process.report({ type: "painted", command, step, stale });
  if (landed === "refused") process.report({ type: "refused", command, step });
  return landed;
}

/** The answer takes no time: what it may do to others is done. */
function paintInEvents(sim: Simulation, process: Process, command: Command, step: number): Promise<boolean> {
  return new Promise((resolve) => {
    paintWithLock(sim, process, { command, step }, (isPainted, label) => {
      process.wake(`${label}=${isPainted}`);
      resolve(isPainted);
    });
  });
}

export type Query = <T>(what: string, prompt: boolean, answer: () => T) => Promise<T>;

/**
 * A query to the table is answered at one instant, and then the answer takes its way back. When the answer is lost, the
 * node asks again: the statement has run, and runs once more.
 */
function queriesOf(sim: Simulation, process: Process): Query {
  let count = 0;
  return <T>(what: string, prompt: boolean, answer: () => T) => {
    count++;
    const first = `${process.name} sql ${count} ${what}`;
    return new Promise<T>((resolve) => {
      const ask = (label: string): void => {
        // The query has no owner: when its process dies on the way, the table carries it out all the same.
        sim.later({ label, prompt }, () => {
          const value = answer();
          if (!process.alive) return;
          if (process.losesAnswers)
            return sim.later({ label: `${label} lost`, to: process, ms: [RETRY_MS, RETRY_MS] }, () =>
              ask(`${label} again`),
            );
          sim.later({ label: `${label} answer`, to: process, prompt: true }, () => {
            process.wake(sim.mode.exploring ? `${label}=${JSON.stringify(value)}` : label);
            resolve(value);
          });
        });
      };
      if (process.alive) ask(first);
    });
  };
}
