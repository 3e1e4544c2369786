/** After each step the routine sleeps for no time at all. So everybody else gets a turn, timers too. */
import { sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Calls `step` with 1, 2, 3 ... up to `steps`. Returns when all of them are painted. */
export async function paint(steps: number, step: (n: number) => void): Promise<void> {
  for (let n = 1; n <= steps; n++) {
    step(n);
    await sleep(0);
  }
}

export async function main(print: Print): Promise<void> {
  const group = new WaitGroup();
  group.go(() => paint(3, (n) => print(`north: step ${n}`)));
  group.go(() => paint(3, (n) => print(`south: step ${n}`)));
  group.go(async () => {
    await sleep(0);
    print("the president: how far are you?");
  });
  await group.wait();
}
