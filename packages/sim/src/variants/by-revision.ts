/**
 * v3 with one change: a cancel stops a routine only for a newer command. The talk compares a cancel by who sent it, so
 * two nodes may stop each other; compared by age, only the older one stops. It still cannot catch a step on its way.
 */
import { type Chan, chan, go, receiving, type SendChan, select, sending, trySelect } from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}

/** Works until `jobs` is closed and its last routine has ended, or until `cancels` is closed. */
export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const done = chan<Routine>();
  const runningRoutines = new Map<Area, Routine>();

  for (let open = true; open || runningRoutines.size > 0; ) {
    const it = await select({
      job: open && receiving(jobs),
      cancel: receiving(cancels),
      done: receiving(done),
    });
    switch (it.case) {
      case "job": {
        if (!it.ok) {
          open = false;
          break;
        }
        const { area, revision } = it.value.command;
        const running = runningRoutines.get(area);
        if (running && running.job.command.revision > revision) {
          it.value.ack();
          break;
        }
        broadcast({ area, consumerId, revision });
        running?.stop.close();
        const routine: Routine = { job: it.value, stop: chan() };
        runningRoutines.set(area, routine);
        go(dowork, routine, done, tools);
        break;
      }
      case "cancel": {
        if (!it.ok) return;
        const { area, revision = 0 } = it.value;
        const running = runningRoutines.get(area);
        if (running && running.job.command.revision < revision) {
          running.stop.close();
          runningRoutines.delete(area);
        }
        break;
      }
      case "done": {
        const area = it.value?.job.command.area;
        if (area && runningRoutines.get(area) === it.value) runningRoutines.delete(area);
        break;
      }
    }
  }
}

async function dowork(routine: Routine, done: SendChan<Routine>, tools: ClusterTools): Promise<void> {
  const { steps, pace, paint, report } = tools;
  const { job, stop } = routine;
  const { command } = job;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command, step });
      job.ack();
      return;
    }
    await paint(command, step);
  }
  job.ack();
  await select({ stop: receiving(stop), done: sending(done, routine) });
}
