/**
 * Your own v5. It is judged by the simulator's laws, in hundreds of stories with pauses, crashes and lost cancels.
 * It begins as v2 does, on one page: one job at a time, and a cancel of anybody stops it.
 */
import { receiving, select } from "@shirts/chan";
import type { FencedTools, Job } from "@shirts/story";

/** Works until `jobs` or `cancels` is closed. */
export async function worker(tools: FencedTools): Promise<void> {
  const { consumerId, steps, jobs, cancels, broadcast, pace, paint } = tools;
  for (;;) {
    const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
    if (!it.ok) return;
    if (it.case === "job") await work(it.value);
  }

  /** Walks over the people of the job's area, step by step, until it is cancelled; acks the job at the end. */
  async function work({ command, ack }: Job): Promise<void> {
    const { area, revision } = command;
    broadcast({ area, revision, consumerId });
    for (let step = 0; step < steps; step++) {
      if (await isCancelled(area)) break;
      await paint(command, step);
    }
    ack();
  }

  /** Takes the time of one step. True when somebody else has cancelled the area meanwhile. */
  async function isCancelled(area: string): Promise<boolean> {
    const over = pace();
    for (;;) {
      const it = await select({ over: receiving(over), cancel: receiving(cancels) });
      if (it.case === "over" || !it.ok) return false;
      if (it.value.area === area && it.value.consumerId !== consumerId) return true;
    }
  }
}
