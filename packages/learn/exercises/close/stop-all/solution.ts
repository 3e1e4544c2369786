/** A value goes to one receiver. A close goes to all of them, and to those that come later. */
import { chan, type SendChan, sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Tells every worker that listens to `stop`, and every one that comes later, to stop. It does not know how many there are. */
export async function stopAll(stop: SendChan<string>): Promise<void> {
  stop.close();
}

export async function main(print: Print): Promise<void> {
  const stop = chan<string>();
  const workers = new WaitGroup();
  for (const name of ["first", "second", "third"]) {
    workers.go(async () => {
      await stop.recv();
      print(`the ${name} worker stops`);
    });
  }
  await sleep(1000);
  await stopAll(stop);
  await sleep(1000);
  print("the president has waited for a second");
}
