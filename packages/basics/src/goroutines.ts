/**
 * Goroutines: `go f()` starts f and does not wait for it. A WaitGroup waits.
 *
 * Here `go` is a call that begins a little later, on JavaScript's one thread. It is not a second thread.
 */
import { go, sleep, WaitGroup } from "@shirts/chan";
import type { Print } from "./print.ts";

// #region slide
async function wait(group: WaitGroup, print: Print): Promise<void> {
  await sleep(1000);
  print("Wait for 1 sec");
  group.done();
}

async function one(print: Print): Promise<void> {
  const group = new WaitGroup();
  group.add(1);
  go(wait, group, print);
  print("main: go has returned, but wait has not begun");
  await group.wait();
}
// #endregion slide

// #region promise-all
/** The same with promises. The call itself runs `waitToo` up to its first await, so it begins before main has the promise. */
async function withPromiseAll(print: Print): Promise<void> {
  async function waitToo(): Promise<void> {
    print("waitToo: I have begun");
    await sleep(1000);
    print("Wait for 1 sec");
  }
  const promises = [waitToo()];
  print("main: I hold its promise");
  await Promise.all(promises);
}
// #endregion promise-all

// #region tree
/** Each routine starts two more. There is no list of promises: the group counts the routines that are not back. */
async function tree(print: Print): Promise<void> {
  const group = new WaitGroup();
  async function soldier(name: string): Promise<void> {
    await sleep(1000);
    print(`soldier ${name}`);
    if (name.length === 3) return;
    for (const child of ["a", "b"]) group.go(() => soldier(name + child));
  }
  group.go(() => soldier("a"));
  await group.wait();
  print("main: all seven are back");
}
// #endregion tree

// #region one-thread
/** Nothing interrupts a routine. Others run only while it waits at an `await`. */
async function oneThread(print: Print): Promise<void> {
  const group = new WaitGroup();
  group.go(async () => {
    for (const n of [1, 2, 3]) {
      print(`polite ${n}`);
      await sleep(10);
    }
  });
  group.go(() => {
    for (const n of [1, 2, 3]) print(`greedy ${n}`);
  });
  await group.wait();
}
// #endregion one-thread

export async function main(print: Print): Promise<void> {
  print("-- go and WaitGroup");
  await one(print);
  print("-- the same with Promise.all");
  await withPromiseAll(print);
  print("-- a tree of routines");
  await tree(print);
  print("-- one thread");
  await oneThread(print);
}
