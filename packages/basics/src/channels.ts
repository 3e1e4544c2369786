/**
 * Channels: six senders, one receiver, one second.
 *
 * A send on an unbuffered chan is a meeting: the sender goes on only when a receiver has taken the value.
 */
import { chan, go, type SendChan, sleep } from "@shirts/chan";
import { type Print, stopwatch } from "./print.ts";

// #region slide
async function wait(n: number, c: SendChan<string>): Promise<void> {
  await sleep(1000);
  await c.send(`Number ${n}`);
}

async function sixSenders(print: Print): Promise<void> {
  const c = chan<string>();
  const list = [1, 2, 3, 4, 5, 6];
  const seconds = await stopwatch();
  // `keys()` as in Go's `for i := range list`: the indexes 0 to 5, not the elements 1 to 6.
  for (const i of list.keys()) go(wait, i, c);
  for (let received = 0; received < list.length; received++) {
    const [text = "closed"] = await c.recv();
    print(text);
  }
  print(`main: six numbers in ${await seconds()} s`);
}
// #endregion slide

// #region meeting
/** With `cap` 0 the sender waits for the receiver; with `cap` 1 it leaves the value in the buffer and goes on. */
async function meeting(cap: number, print: Print): Promise<void> {
  const c = chan<string>(cap);
  go(async () => {
    print("sender: here is a shirt");
    await c.send("a shirt");
    print("sender: I go on");
    c.close();
  });
  await sleep(1000);
  print("receiver: I come late");
  for await (const value of c) print(`receiver: I have ${value}`);
}
// #endregion meeting

export async function main(print: Print): Promise<void> {
  print("-- six senders, one receiver");
  await sixSenders(print);
  print("-- no buffer: sender and receiver meet");
  await meeting(0, print);
  print("-- a buffer of one: the sender does not wait");
  await meeting(1, print);
}
