/**
 * The least that a select can do which names its cases: a record of cases is made and looked through, a ready one is picked by
 * chance, else it waits in each chan and leaves the others when one wakes it; it answers with an object. One routine may wait on each
 * side of a chan. No queue, close, signal, error or report, and no turn for the event loop. The floor itself has no select.
 */

import { check, type Workloads } from "./workloads.ts";

type Resolve = (value: unknown) => void;

const done = Promise.resolve();
let lastResolve: Resolve;
/** Shared, so that no closure is made for each promise. */
const keepResolve = (resolve: Resolve): void => {
  lastResolve = resolve;
};

class Bare {
  receiver: Blocked | undefined = undefined;
  sender: Blocked | undefined = undefined;

  send(value: number): Promise<unknown> {
    const { receiver } = this;
    if (receiver === undefined) {
      const p = new Promise(keepResolve);
      this.sender = new Blocked(this, true, undefined, value);
      return p;
    }
    receiver.leave();
    receiver.wake(value);
    return done;
  }

  recv(): Promise<unknown> {
    const { sender } = this;
    if (sender === undefined) {
      const p = new Promise(keepResolve);
      this.receiver = new Blocked(this, false, undefined, 0);
      return p;
    }
    sender.leave();
    sender.wake(0);
    return Promise.resolve([sender.value, true]);
  }
}

class Blocked {
  readonly chan: Bare;
  readonly isSend: boolean;
  readonly key: string | undefined;
  readonly value: number;
  /** Of the promise that was made last. */
  readonly resolve: Resolve = lastResolve;
  /** The same select's other case. */
  sibling: Blocked | undefined = undefined;

  constructor(chan: Bare, isSend: boolean, key: string | undefined, value: number) {
    this.chan = chan;
    this.isSend = isSend;
    this.key = key;
    this.value = value;
  }

  leave(): void {
    if (this.isSend) this.chan.sender = undefined;
    else this.chan.receiver = undefined;
    const { sibling } = this;
    if (sibling === undefined) return;
    if (sibling.isSend) sibling.chan.sender = undefined;
    else sibling.chan.receiver = undefined;
  }

  wake(value: number): void {
    const { key, resolve } = this;
    if (key === undefined) resolve(this.isSend ? undefined : [value, true]);
    else resolve(this.isSend ? { case: key } : { case: key, value, ok: true });
  }
}

class Case {
  readonly chan: Bare;
  readonly isSend: boolean;
  readonly value: number;

  constructor(chan: Bare, isSend: boolean, value: number) {
    this.chan = chan;
    this.isSend = isSend;
    this.value = value;
  }
}

const receiving = (chan: Bare): Case => new Case(chan, false, 0);
const sending = (chan: Bare, value: number): Case => new Case(chan, true, value);

function select(cases: Record<string, Case>): Promise<unknown> {
  let pick: Case | undefined;
  let name = "";
  let ready = 0;
  for (const key in cases) {
    const c = cases[key] as Case;
    const isReady = (c.isSend ? c.chan.receiver : c.chan.sender) !== undefined;
    if (isReady && (++ready === 1 || Math.random() * ready < 1)) {
      pick = c;
      name = key;
    }
  }
  if (pick === undefined) return wait(cases);
  if (pick.isSend) {
    void pick.chan.send(pick.value);
    return Promise.resolve({ case: name });
  }
  const sender = pick.chan.sender as Blocked;
  sender.leave();
  sender.wake(0);
  return Promise.resolve({ case: name, value: sender.value, ok: true });
}

/** Two cases. */
function wait(cases: Record<string, Case>): Promise<unknown> {
  const p = new Promise(keepResolve);
  let first: Blocked | undefined;
  for (const key in cases) {
    const c = cases[key] as Case;
    const blocked = new Blocked(c.chan, c.isSend, key, c.value);
    if (c.isSend) c.chan.sender = blocked;
    else c.chan.receiver = blocked;
    if (first !== undefined) {
      first.sibling = blocked;
      blocked.sibling = first;
    }
    first ??= blocked;
  }
  return p;
}

/** Starts in a microtask, as in our chan. */
function go(routine: () => Promise<void>): void {
  queueMicrotask(() => void routine());
}

/** @public */
export const workloads = {
  async "select-two"(n) {
    const a = new Bare();
    const b = new Bare();
    const send = async (c: Bare): Promise<void> => {
      for (let i = 0; i < n / 2; i++) await c.send(1);
    };
    go(() => send(a));
    go(() => send(b));
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const it = (await select({ a: receiving(a), b: receiving(b) })) as { case: string; value: number };
      switch (it.case) {
        case "a":
          sum += it.value;
          break;
        case "b":
          sum += it.value;
          break;
      }
    }
    check(sum === n);
  },

  async fibonacci(n) {
    const c = new Bare();
    const quit = new Bare();
    go(async () => {
      for (let i = 0; i < n; i++) await c.recv();
      await quit.send(0);
    });
    let x = 0;
    let y = 1;
    for (;;) {
      const it = (await select({ c: sending(c, x), quit: receiving(quit) })) as { case: string };
      switch (it.case) {
        case "c":
          [x, y] = [y, (x + y) % 1_000_000];
          break;
        case "quit":
          return;
      }
    }
  },
} satisfies Workloads;
