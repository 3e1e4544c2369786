/** A tree of workers. Each paints for one second, then starts some more. How many seconds until all are back? */
import { sleep, WaitGroup } from "@shirts/chan";

/** Those of one generation wait side by side. The next one begins when they are done. */
export function seconds(generations: number, _children: number): number {
  return generations;
}

/** The tree. Change nothing here: the judge plays its own copy. */
export async function tree(generations: number, children: number): Promise<void> {
  const group = new WaitGroup();
  async function worker(generation: number): Promise<void> {
    await sleep(1000);
    if (generation === generations) return;
    for (let child = 0; child < children; child++) group.go(() => worker(generation + 1));
  }
  group.go(() => worker(1));
  await group.wait();
}
