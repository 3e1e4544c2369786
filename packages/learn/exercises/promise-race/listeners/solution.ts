/** One listener closes a stop chan. Who adds it takes it away again, whichever way the loop ends. */
import { chan, type RecvChan, receiving, select } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Does each job. Returns when `jobs` is closed or the signal aborts, and takes no job after that. */
export async function worker(
  jobs: RecvChan<string>,
  signal: AbortSignal,
  work: (job: string) => Promise<void>,
): Promise<void> {
  const stop = chan<never>();
  const halt = (): void => stop.close();
  if (signal.aborted) return;
  signal.addEventListener("abort", halt, { once: true });
  for (;;) {
    const it = await select({ job: receiving(jobs), stop: receiving(stop) });
    if (!it.ok || signal.aborted) break;
    await work(it.value);
  }
  signal.removeEventListener("abort", halt);
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
