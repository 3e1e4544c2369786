/** A worker works until it is told to stop. Its select takes a job or the stop, and leaves no question behind. */
import { chan, type RecvChan, receiving, select, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Prints each job. Returns when `stop` is closed, and takes no job after that. */
export async function worker(jobs: RecvChan<string>, stop: RecvChan<never>, print: Print): Promise<void> {
  for (;;) {
    const it = await select({ job: receiving(jobs), stop: receiving(stop) });
    if (!it.ok) break;
    print(`does ${it.value}`);
  }
  print("stops");
}

export async function main(print: Print): Promise<void> {
  const [jobs, stop] = [chan<string>(), chan<never>()];
  const home = worker(jobs, stop, print);
  for (const job of ["job 1", "job 2"]) await jobs.send(job);
  await sleep(100);
  stop.close();
  await home;
  print(jobs.trySend("job 3") ? "somebody took job 3" : "job 3 waits for the next worker");
}
