/** Spot the mistake: "all are delivered" comes before the first shirt has arrived. */
import { chan, type SendChan, sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "@shirts/learn";

/** Sends each shirt over a chan without a buffer. Returns when the receiver has all of them. */
export async function deliver(shirts: readonly string[], to: SendChan<string>): Promise<void> {
  shirts.forEach(async (shirt) => {
    await to.send(shirt);
  });
}

export async function main(print: Print): Promise<void> {
  const c = chan<string>();
  const receiver = new WaitGroup();
  receiver.go(async () => {
    for (let n = 0; n < 3; n++) {
      await sleep(100);
      const [shirt] = await c.recv();
      print(`received ${shirt}`);
    }
  });
  await deliver(["purple", "blue", "green"], c);
  print("all are delivered");
  await receiver.wait();
}
