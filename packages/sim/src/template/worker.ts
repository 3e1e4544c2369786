/**
 * A worker to start from: one job at a time, and it listens while it works. It keeps all laws. Change it, and ask again:
 * docs/your-worker.md says what each tool does.
 */
import { receiving, select, trySelect } from "@shirts/chan";
import type { Area, Cancel, Command, FencedTools, Job } from "@shirts/story";

// #region worker
/** Works until `jobs` or `cancels` is closed. What changes is kept in here: in the simulator all nodes share this file. */
export async function worker(tools: FencedTools): Promise<void> {
  const { jobs, cancels } = tools;
  /** By area, the newest revision that this node has heard of. */
  const newest = new Map<Area, number>();

  for (;;) {
    const it = await select({ job: receiving(jobs), cancel: receiving(cancels) });
    if (!it.ok) return;
    if (it.case === "cancel") hear(it.value);
    else await work(it.value);
  }

  function hear({ area, revision = 0 }: Cancel): void {
    newest.set(area, Math.max(revision, newest.get(area) ?? 0));
  }

  function isOld({ area, revision }: Command): boolean {
    return revision < (newest.get(area) ?? 0);
  }

  /** Walks over the area's people, step by step, and acks the job at the end, however it ends. */
  async function work({ command, ack }: Job): Promise<void> {
    const { consumerId, steps, broadcast, paint, resume, report } = tools;
    hearAll();
    if (isOld(command)) report({ type: "superseded", command });
    else {
      const { area, revision } = command;
      broadcast({ area, revision, consumerId });
      for (let step = await resume(command); step < steps; step++) {
        await walk();
        if (isOld(command)) {
          report({ type: "stopped", command, step });
          break;
        }
        // The fence has the last word.
        if (!(await paint(command, step))) break;
      }
    }
    ack();
  }

  /** Takes the time of one step, and listens meanwhile. */
  async function walk(): Promise<void> {
    const over = tools.pace();
    for (;;) {
      const it = await select({ over: receiving(over), cancel: receiving(cancels) });
      if (it.case === "over" || !it.ok) break;
      hear(it.value);
    }
    hearAll();
  }

  /** When both were ready, select may have taken the other one. */
  function hearAll(): void {
    for (let it = trySelect({ cancel: receiving(cancels) }); it?.ok; ) {
      hear(it.value);
      it = trySelect({ cancel: receiving(cancels) });
    }
  }
}
// #endregion worker
