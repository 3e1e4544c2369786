/**
 * Done carries the routine, and the loop forgets it only when it is still the one in the map. A routine that is done needs no stop.
 */
import { type Chan, chan, go, receiving, type SendChan, select, trySelect } from "@shirts/chan";
import type { Area, Job, Tools } from "@shirts/story";

interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}

export async function worker(tools: Tools): Promise<void> {
  const done = chan<Routine>();
  const running = new Map<Area, Routine>();
  for (let open = true; open || running.size > 0; ) {
    const it = await select({ job: open && receiving(tools.jobs), done: receiving(done) });
    if (it.case === "done" && it.ok) {
      const { area } = it.value.job.command;
      if (running.get(area) === it.value) running.delete(area);
    } else if (it.case === "job" && it.ok) {
      const { area } = it.value.command;
      const routine: Routine = { job: it.value, stop: chan() };
      running.get(area)?.stop.close();
      running.set(area, routine);
      go(dowork, routine, done, tools);
    } else open = false;
  }
}

async function dowork(
  routine: Routine,
  done: SendChan<Routine>,
  { steps, pace, paint }: Tools,
): Promise<void> {
  const { job, stop } = routine;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
  await done.send(routine);
}
