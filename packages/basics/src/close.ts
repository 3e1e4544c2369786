/**
 * Close: the sender tells that no value follows. Values that were sent are not lost, and every waiting receiver wakes up.
 *
 * A receiver that closes is a bug: the senders do not know of it, and a send on a closed chan panics.
 */
import { chan, type SendChan, sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "./print.ts";

// #region slide
/** Like the slide's senders, but it survives its panic and prints it. Go: `defer` and `recover()`. Else the program ends. */
async function wait(n: number, c: SendChan<string>, print: Print): Promise<void> {
  await sleep(1000);
  try {
    await c.send(`Number ${n}`);
  } catch (panic) {
    print(`sender ${n}: panic: ${(panic as Error).message}`);
  }
}

async function receiverCloses(print: Print): Promise<void> {
  const c = chan<string>();
  const senders = new WaitGroup();
  for (let i = 0; i < 6; i++) senders.go(() => wait(i, c, print));
  for (let received = 0; received < 3; received++) {
    const [text = "closed"] = await c.recv();
    print(text);
  }
  // The slide's main ends here, so its panics are never seen. This one goes on: the other three senders arrive and block.
  await sleep(1000);
  print("main: I close, and three senders still wait");
  c.close();
  await senders.wait();
}
// #endregion slide

// #region sender-closes
/** None of the six senders knows when all of them are done. So a seventh routine waits for all six, then closes. */
async function sendersClose(print: Print): Promise<void> {
  const c = chan<string>();
  const senders = new WaitGroup();
  for (let i = 0; i < 6; i++) senders.go(() => wait(i, c, print));
  const closer = new WaitGroup();
  closer.go(async () => {
    await senders.wait();
    c.close();
  });
  for await (const text of c) print(text);
  print("main: the range has ended by itself");
}
// #endregion sender-closes

// #region comma-ok
async function commaOk(print: Print): Promise<void> {
  const c = chan<number>(2);
  await c.send(0);
  c.close();
  print(`first:  ${JSON.stringify(await c.recv())}`);
  const [value, ok] = await c.recv();
  print(`second: value ${value}, ok ${ok}`);
}
// #endregion comma-ok

// #region broadcast
/** A value goes to one receiver. A close goes to all of them. */
async function broadcast(print: Print): Promise<void> {
  const stop = chan<never>();
  const soldiers = new WaitGroup();
  for (const name of ["first", "second", "third"]) {
    soldiers.go(async () => {
      await stop.recv();
      print(`${name} soldier: I stop`);
    });
  }
  await sleep(1000);
  stop.close();
  await soldiers.wait();
}
// #endregion broadcast

export async function main(print: Print): Promise<void> {
  print("-- the receiver closes");
  await receiverCloses(print);
  print("-- the senders' side closes");
  await sendersClose(print);
  print("-- what a closed chan gives");
  await commaOk(print);
  print("-- one close, three wake up");
  await broadcast(print);
}
