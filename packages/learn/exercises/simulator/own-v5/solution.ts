/**
 * A v5: one job at a time, and it knows the age of each command. A cancel saves work, as soon as it is heard; the fence saves
 * data, when none was heard.
 */
import { receiving, select, trySelect } from "@shirts/chan";
import type { Area, Cancel, Command, FencedTools, Job } from "@shirts/story";

/** Works until `jobs` or `cancels` is closed. */
export async function worker(tools: FencedTools): Promise<void> {
  const { consumerId, steps, jobs, cancels, broadcast, pace, paint, resume } = tools;
  /** By area, the newest revision that this node has heard of. */
  const newest = new Map<Area, number>();
  for (;;) {
    const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
    if (!it.ok) return;
    if (it.case === "job") await work(it.value);
    else hear(it.value);
  }

  /** Walks over the people of the job's area, step by step, until it is old; acks the job at the end. */
  async function work({ command, ack }: Job): Promise<void> {
    const { area, revision } = command;
    hearAll();
    if (!isOld(command)) {
      broadcast({ area, revision, consumerId });
      for (let step = await resume(command); step < steps; step++) {
        await walk();
        // The fence has the last word.
        if (isOld(command) || !(await paint(command, step))) break;
      }
    }
    ack();
  }

  /** Takes the time of one step, and listens meanwhile. */
  async function walk(): Promise<void> {
    const over = pace();
    for (;;) {
      const it = await select({ over: receiving(over), cancel: receiving(cancels) });
      if (it.case === "over" || !it.ok) return hearAll();
      hear(it.value);
    }
  }

  /** When both were ready, select may have taken the other one. */
  function hearAll(): void {
    for (;;) {
      const it = trySelect({ cancel: receiving(cancels) });
      if (!it?.ok) return;
      hear(it.value);
    }
  }

  function hear({ area, revision = 0 }: Cancel): void {
    newest.set(area, Math.max(revision, newest.get(area) ?? 0));
  }

  function isOld({ area, revision }: Command): boolean {
    return revision < (newest.get(area) ?? 0);
  }
}
