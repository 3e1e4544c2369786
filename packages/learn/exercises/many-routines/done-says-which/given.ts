/**
 * The slide's done says only "somebody is done in this area". When BLUE has taken PURPLE's place by then, the loop ends the wrong
 * one. Let a routine say which one it is, and let the loop look.
 */
import { type Chan, chan, go, receiving, type SendChan, select, trySelect } from "@shirts/chan";
import type { Area, Job, Tools } from "@shirts/story";

interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}

export async function worker(tools: Tools): Promise<void> {
  const done = chan<Area>();
  const running = new Map<Area, Routine>();
  for (let open = true; open || running.size > 0; ) {
    const it = await select({ job: open && receiving(tools.jobs), done: receiving(done) });
    if (it.case === "done" && it.ok) {
      running.get(it.value)?.stop.close();
      running.delete(it.value);
    } else if (it.case === "job" && it.ok) {
      const { area } = it.value.command;
      const routine: Routine = { job: it.value, stop: chan() };
      running.get(area)?.stop.close();
      running.set(area, routine);
      go(dowork, routine, done, tools);
    } else open = false;
  }
}

async function dowork(routine: Routine, done: SendChan<Area>, { steps, pace, paint }: Tools): Promise<void> {
  const { job, stop } = routine;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
  await done.send(job.command.area);
}
