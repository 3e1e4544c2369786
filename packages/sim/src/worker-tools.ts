/**
 * The tools of a simulated worker. What it asks of the network and of the table is an event with a name of its own, counted
 * per process. A dead process gets no answer, and nothing it does has an effect.
 */
import { type Chan, chan } from "@shirts/chan";
import { isAwaited } from "@shirts/chan/testing";
import type { Cancel, Command, Job } from "@shirts/story";
import { paintWithLock } from "./locks.ts";
import { SLOW_FACTOR } from "./plan.ts";
import type { Process } from "./process.ts";
import type { Simulation } from "./simulation.ts";
import type { WorkerTools } from "./stages.ts";

export function toolsOf(
  sim: Simulation,
  process: Process,
  jobs: Chan<Job>,
  cancels: Chan<Cancel>,
): WorkerTools {
  const query = queriesOf(sim, process);
  return {
    jobs,
    cancels,
    consumerId: process.name,
    steps: sim.steps,
    pace: paceOf(sim, process),
    // A worker of v1 to v3 takes this as a promise of nothing, one of v4 as the answer of the fence.
    paint: (command, step) =>
      (sim.stage.locking
        ? paintInEvents(sim, process, command, step)
        : query(`paint c${command.revision} ${step}`, false, () =>
            paint(sim, process, command, step),
          )) as Promise<never>,
    resume: (command) => query("resume", true, () => sim.table.resume(command)),
    broadcast: broadcastOf(process),
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

function paint(sim: Simulation, process: Process, command: Command, step: number): boolean {
  const stale = sim.table.isStale(command);
  const isPainted = sim.table.paint(command, step, sim.stage.fenced === true);
  process.report(isPainted ? { type: "painted", command, step, stale } : { type: "refused", command, step });
  return isPainted;
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

type Query = <T>(what: string, prompt: boolean, answer: () => T) => Promise<T>;

/** A query to the table is answered at one instant, and then the answer takes its way back. */
function queriesOf(sim: Simulation, process: Process): Query {
  let count = 0;
  return (what, prompt, answer) => {
    count++;
    const label = `${process.name} sql ${count} ${what}`;
    return new Promise((resolve) => {
      if (!process.alive) return;
      // The query has no owner: when its process dies on the way, the table carries it out all the same.
      sim.later({ label, prompt }, () => {
        const value = answer();
        if (!process.alive) return;
        sim.later({ label: `${label} answer`, to: process, prompt: true }, () => {
          process.wake(`${label}=${value}`);
          resolve(value);
        });
      });
    });
  };
}

function broadcastOf(process: Process): (cancel: Cancel) => void {
  return (cancel) => {
    if (!process.alive) return;
    process.report({ type: "cancel sent", cancel });
    process.outgoing.send(cancel);
  };
}
