/** A worker waits for a job or for a stop. When both are there, it often begins one more job. */
import { chan, type RecvChan, receiving, select, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Paints each job, one after the other. Returns when `stop` or `jobs` is closed. After a stop it begins no job. */
export async function worker(
  jobs: RecvChan<string>,
  stop: RecvChan<never>,
  paint: (job: string) => Promise<void>,
): Promise<void> {
  for (;;) {
    const it = await select({ job: receiving(jobs), stop: receiving(stop) });
    if (it.case === "stop" || !it.ok) return;
    await paint(it.value);
  }
}

export async function main(print: Print): Promise<void> {
  const [jobs, stop] = [chan<string>(9), chan<never>()];
  for (const area of ["north", "south", "west"]) await jobs.send(area);
  const paint = async (area: string): Promise<void> => {
    print(`paints ${area}`);
    await sleep(100);
  };
  print("the president: stop");
  stop.close();
  await worker(jobs, stop, paint);
}
