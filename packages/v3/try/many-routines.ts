/**
 * A worker whose routines say only "somebody is done in this area". When BLUE has taken PURPLE's place by then, the loop
 * forgets the wrong one. Let a routine say which one it is, and let the loop look.
 */
import { type Chan, chan, go, receiving, type SendChan, select, trySelect } from "@shirts/chan";
import type { Area, Job, Tools } from "@shirts/story";

interface Routine {
  readonly job: Job;
  readonly stop: Chan<never>;
}

/** Takes jobs only, to keep the exercise short: a newer job of the same area stops the older one. */
export async function worker(tools: Tools): Promise<void> {
  const { jobs } = tools;
  const done = chan<Area>();
  const running = new Map<Area, Routine>();
  for (let open = true; open || running.size > 0; ) {
    const it = await select({ job: open && receiving(jobs), done: receiving(done) });
    if (it.case === "done") {
      if (it.ok) {
        running.get(it.value)?.stop.close();
        running.delete(it.value);
      }
    } else if (it.ok) {
      const { area } = it.value.command;
      const routine: Routine = { job: it.value, stop: chan() };
      running.get(area)?.stop.close();
      running.set(area, routine);
      go(dowork, routine, done, tools);
    } else {
      open = false;
    }
  }
}

async function dowork({ job, stop }: Routine, done: SendChan<Area>, tools: Tools): Promise<void> {
  const { steps, pace, paint } = tools;
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
  await done.send(job.command.area);
}
