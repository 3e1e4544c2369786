import { chan, receiving, select, sending, WaitGroup } from "@shirts/chan";
import type { Worker } from "./worker.ts";

// #region program
/** What was handed over, and what was painted. */
export async function play(worker: Worker): Promise<{ sent: string[]; painted: string[] }> {
  const [sent, painted]: [string[], string[]] = [[], []];
  const jobs = chan<string>();
  const stop = chan<never>();
  const group = new WaitGroup();
  group.go(async function sender() {
    for (const job of ["PURPLE", "BLUE"]) {
      const it = await select({ job: sending(jobs, job), stop: receiving(stop) });
      if (it.case === "stop") return;
      sent.push(job);
    }
  });
  group.go(async function painter() {
    await worker(jobs, stop, (job) => painted.push(job));
  });
  group.go(function stopper() {
    stop.close();
  });
  await group.wait();
  return { sent, painted };
}
// #endregion program
