/**
 * The least that a chan with Go's `v, ok` can do in plain async/await: a hand-wired hand-off with room for one blocked
 * side. No queue, close, select, len or errors. What a chan costs more than this is the chan's own cost; what this costs more than
 * Go is the engine's. A library that returns bare values, or buffers one where Go has no buffer, may cost less.
 */

import { check, type Workloads } from "./workloads.ts";

const done = Promise.resolve();
let lastResolve: (value: unknown) => void;
/** Shared, so that no closure is made for each promise. */
const keepResolve = (resolve: (value: unknown) => void): void => {
  lastResolve = resolve;
};

class HandOff {
  #wake: ((value: unknown) => void) | undefined;
  #isSending = false;
  #value = 0;

  send(v: number): Promise<unknown> {
    const wake = this.#wake;
    if (wake !== undefined) {
      this.#wake = undefined;
      wake([v, true]);
      return done;
    }
    this.#isSending = true;
    this.#value = v;
    return this.#block();
  }

  recv(): Promise<unknown> {
    const wake = this.#wake;
    if (wake === undefined || !this.#isSending) return this.#block();
    this.#wake = undefined;
    this.#isSending = false;
    wake(undefined);
    return Promise.resolve([this.#value, true]);
  }

  #block(): Promise<unknown> {
    const p = new Promise(keepResolve);
    this.#wake = lastResolve;
    return p;
  }
}

interface Won {
  readonly case: "a" | "b";
  readonly value: number;
  readonly ok: true;
}

/** One receiver that takes from either of two senders. */
class Meeting {
  #wake: ((value: unknown) => void) | undefined;
  #senders: Record<"a" | "b", ((value: unknown) => void) | undefined> = { a: undefined, b: undefined };
  #values = { a: 0, b: 0 };
  #isAFirst = false;

  send(which: "a" | "b", value: number): Promise<unknown> {
    const wake = this.#wake;
    if (wake !== undefined) {
      this.#wake = undefined;
      wake({ case: which, value, ok: true } satisfies Won);
      return done;
    }
    const p = new Promise(keepResolve);
    this.#senders[which] = lastResolve;
    this.#values[which] = value;
    return p;
  }

  recv(): Promise<unknown> {
    const { a, b } = this.#senders;
    if (a === undefined && b === undefined) {
      const p = new Promise(keepResolve);
      this.#wake = lastResolve;
      return p;
    }
    this.#isAFirst = !this.#isAFirst; // Not even a random pick.
    const which = b === undefined || (a !== undefined && this.#isAFirst) ? "a" : "b";
    this.#senders[which]?.(undefined);
    this.#senders[which] = undefined;
    return Promise.resolve({ case: which, value: this.#values[which], ok: true } satisfies Won);
  }
}

/** Many senders that block, in the order in which they came, and one receiver that iterates. */
class Crowd {
  #wake: ((value: unknown) => void) | undefined;
  #size: number;
  #senders: ((value: unknown) => void)[];
  #values: number[];
  #first = 0;
  #count = 0;

  constructor(size: number) {
    this.#size = size;
    this.#senders = new Array(size);
    this.#values = new Array(size).fill(0);
  }

  send(value: number): Promise<unknown> {
    const wake = this.#wake;
    if (wake !== undefined) {
      this.#wake = undefined;
      wake({ value, done: false });
      return done;
    }
    const p = new Promise(keepResolve);
    const place = (this.#first + this.#count++) % this.#size;
    this.#senders[place] = lastResolve;
    this.#values[place] = value;
    return p;
  }

  recv(): Promise<unknown> {
    if (this.#count === 0) {
      const p = new Promise(keepResolve);
      this.#wake = lastResolve;
      return p;
    }
    const place = this.#first;
    this.#first = (place + 1) % this.#size;
    this.#count--;
    this.#senders[place]?.(undefined);
    return Promise.resolve({ value: this.#values[place], done: false });
  }
}

/** Starts in a microtask, as in our chan: the side that comes first blocks, and the sides do not cost the same. */
function go(routine: () => Promise<void>): void {
  queueMicrotask(() => void routine());
}

/** @public */
export const workloads = {
  async "ping-pong"(n) {
    const ping = new HandOff();
    const pong = new HandOff();
    go(async () => {
      for (let i = 0; i < n; i++) await pong.send(((await ping.recv()) as [number, true])[0]);
    });
    for (let i = 0; i < n; i++) {
      await ping.send(i);
      await pong.recv();
    }
  },

  async unbuffered(n) {
    const c = new HandOff();
    go(async () => {
      for (let i = 0; i < n; i++) await c.send(i);
    });
    let sum = 0;
    for (let i = 0; i < n; i++) sum += ((await c.recv()) as [number, true])[0];
    check(sum === (n * (n - 1)) / 2);
  },

  /** Neither side blocks: the two awaits for each value, and nothing else. */
  async buffered(n) {
    go(async () => {
      for (let i = 0; i < n; i++) await done;
    });
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (await Promise.resolve([i, true] as const))[0];
    check(sum === (n * (n - 1)) / 2);
  },

  async "select-two"(n) {
    const meeting = new Meeting();
    const send = async (which: "a" | "b"): Promise<void> => {
      for (let i = 0; i < n / 2; i++) await meeting.send(which, 1);
    };
    go(() => send("a"));
    go(() => send("b"));
    let sum = 0;
    for (let i = 0; i < n; i++) sum += ((await meeting.recv()) as Won).value;
    check(sum === n);
  },

  /** The send of the select is a send, and `quit` is not looked at. */
  async fibonacci(n) {
    const c = new HandOff();
    go(async () => {
      for (let i = 0; i < n; i++) await c.recv();
    });
    let x = 0;
    let y = 1;
    for (let i = 0; i < n; i++) {
      await c.send(x);
      [x, y] = [y, (x + y) % 1_000_000];
    }
  },

  async "fan-in"(n) {
    const producers = 100;
    const c = new Crowd(producers);
    for (let p = 0; p < producers; p++)
      go(async () => {
        for (let i = 0; i < n / producers; i++) await c.send(1);
      });
    let sum = 0;
    for (let i = 0; i < n; i++) sum += ((await c.recv()) as { value: number }).value;
    check(sum === n);
  },

  async sieve(n) {
    const filter = async (from: HandOff, to: HandOff, prime: number): Promise<void> => {
      for (;;) {
        const [v] = (await from.recv()) as [number, true];
        if (v % prime !== 0) await to.send(v);
      }
    };
    let c = new HandOff();
    const numbers = c;
    go(async () => {
      for (let i = 2; ; i++) await numbers.send(i);
    });
    let prime = 0;
    for (let i = 0; i < n; i++) {
      [prime] = (await c.recv()) as [number, true];
      const [from, to, p] = [c, new HandOff(), prime];
      go(() => filter(from, to, p));
      c = to;
    }
    check(n !== 1000 || prime === 7919);
  },

  async ring(n) {
    const size = 503;
    const first = new HandOff();
    const end = new HandOff();
    const pass = async (from: HandOff, to: HandOff): Promise<void> => {
      for (;;) {
        const [v] = (await from.recv()) as [number, true];
        if (v === 0) break;
        await to.send(v - 1);
      }
      await end.send(1);
    };
    let from = first;
    for (let i = 0; i < size; i++) {
      const [a, b] = [from, i === size - 1 ? first : new HandOff()];
      go(() => pass(a, b));
      from = b;
    }
    await first.send(n);
    await end.recv();
  },

  /** A routine that awaits a promise, and nothing to wait on. */
  async routines(n, heapBytes) {
    const wakes: ((value: unknown) => void)[] = new Array(n);
    let left = n;
    const before = heapBytes();
    for (let i = 0; i < n; i++)
      go(async () => {
        const p = new Promise(keepResolve);
        wakes[i] = lastResolve;
        await p;
        left--;
      });
    await new Promise(setImmediate);
    const bytes = (heapBytes() - before) / n;
    for (const wake of wakes) wake(undefined);
    await new Promise(setImmediate);
    check(left === 0);
    return bytes;
  },
} satisfies Workloads;
