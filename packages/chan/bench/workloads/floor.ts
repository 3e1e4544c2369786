/**
 * The least that a chan with Go's `v, ok` can do in plain async/await: a hand-wired hand-off with room for one blocked
 * side. No queue, close, select, len or errors. What a chan costs over it is the chan's own; what it costs over Go is the
 * engine's. A library that answers bare values, or buffers one where Go has no buffer, may stay below it.
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

/** On a later turn, as in our chan: who comes first decides which side blocks, and the sides do not cost the same. */
function go(routine: () => Promise<void>): void {
  queueMicrotask(() => void routine());
}

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

  /** Nobody blocks: the two awaits for each value, and nothing else. */
  async buffered(n) {
    go(async () => {
      for (let i = 0; i < n; i++) await done;
    });
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (await Promise.resolve([i, true] as const))[0];
    check(sum === (n * (n - 1)) / 2);
  },
} satisfies Workloads;
