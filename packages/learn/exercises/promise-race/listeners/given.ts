/** Spot the mistake: the worker lives for weeks, and the signal knows one more listener after each job. */
import { chan, type RecvChan } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Does each job. Returns when `jobs` is closed or the signal aborts, and takes no job after that. */
export async function worker(
  jobs: RecvChan<string>,
  signal: AbortSignal,
  work: (job: string) => Promise<void>,
): Promise<void> {
  for (;;) {
    const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    const it = await Promise.race([jobs.recv(), aborted]);
    if (!it?.[1]) return;
    await work(it[0]);
  }
}

export async function main(print: Print): Promise<void> {
  const jobs = chan<string>(9);
  for (let n = 1; n <= 9; n++) await jobs.send(`job ${n}`);
  jobs.close();
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++;
    add(...args);
  };
  await worker(jobs, signal, async () => {});
  print(`listeners that were added for 9 jobs: ${listeners}`);
}
