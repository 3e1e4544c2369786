/**
 * v3 with slip 10: a step's sleep cannot be interrupted, and after each cancel the loop itself sleeps. The stopped routine
 * takes one more step; and for that long nobody hears the next cancel.
 */
import {
  type Chan,
  chan,
  go,
  receiving,
  type SendChan,
  select,
  sending,
  sleep,
  trySelect,
} from "@shirts/chan";
import type { Area, ClusterTools, Job } from "@shirts/story";

interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}

const DEAF_MS = 300;

export async function worker(tools: ClusterTools): Promise<void> {
  const { consumerId, jobs, cancels, broadcast } = tools;
  const done = chan<Routine>();
  const running = new Map<Area, Routine>();
  for (let open = true; open || running.size > 0; ) {
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
        const { area } = it.value.command;
        broadcast({ area, consumerId });
        running.get(area)?.stop.close();
        const routine: Routine = { job: it.value, stop: chan() };
        running.set(area, routine);
        go(dowork, routine, done, tools);
        break;
      }
      case "cancel":
        if (!it.ok) return;
        if (it.value.consumerId !== consumerId) {
          running.get(it.value.area)?.stop.close();
          running.delete(it.value.area);
          await sleep(DEAF_MS);
        }
        break;
      case "done": {
        const area = it.value?.job.command.area;
        if (area && running.get(area) === it.value) running.delete(area);
        break;
      }
    }
  }
}

async function dowork(routine: Routine, done: SendChan<Routine>, tools: ClusterTools): Promise<void> {
  const { steps, pace, paint, report } = tools;
  const { job, stop } = routine;
  for (let step = 0; step < steps; step++) {
    if (trySelect({ stop: receiving(stop) })) {
      report({ type: "stopped", command: job.command, step });
      break;
    }
    await paint(job.command, step);
    await pace().recv();
  }
  job.ack();
  await select({ stop: receiving(stop), done: sending(done, routine) });
}
