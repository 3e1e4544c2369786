/** Spot the mistake: the race is over, "stopped" is printed, and the area goes on changing its colour. */
import { chan, go, type RecvChan, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Paints steps 1, 2, 3 ... up to `steps`. Resolves to true when all are painted, and to false when `stop` was closed before. */
export async function paintUntil(
  stop: RecvChan<never>,
  steps: number,
  paint: (step: number) => Promise<void>,
): Promise<boolean> {
  const all = async (): Promise<boolean> => {
    for (let step = 1; step <= steps; step++) await paint(step);
    return true;
  };
  return await Promise.race([all(), stop.recv().then(() => false)]);
}

export async function main(print: Print): Promise<void> {
  const stop = chan<never>();
  go(async () => {
    await sleep(250);
    stop.close();
  });
  const paint = async (step: number): Promise<void> => {
    await sleep(100);
    print(`step ${step} is painted`);
  };
  const isDone = await paintUntil(stop, 5, paint);
  print(isDone ? "all are painted" : "stopped");
  await sleep(1000);
}
