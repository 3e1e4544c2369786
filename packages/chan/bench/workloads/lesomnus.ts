/**
 * Most of the workloads on @lesomnus/channel. Closing throws away what is still buffered and a receive from a closed
 * channel throws, so nothing is closed here while it is in use; a send into a buffer does not wake a waiting receiver.
 * Its select takes the first ready case, and goes through all waiters of a channel each time: `routines` is
 * quadratic.
 */

import { Chan, recv, select, send } from "@lesomnus/channel";
import { check, type Workloads } from "./workloads.ts";

async function produce(n: number, cap: number): Promise<void> {
  const c = new Chan<number>(cap);
  void (async () => {
    for (let i = 0; i < n; i++) await c.send(i);
  })();
  let sum = 0;
  for (let i = 0; i < n; i++) sum += await c.recv();
  check(sum === (n * (n - 1)) / 2);
}

/** @public */
export const workloads = {
  async "ping-pong"(n) {
    const ping = new Chan<number>(0);
    const pong = new Chan<number>(0);
    void (async () => {
      for (let i = 0; i < n; i++) await pong.send(await ping.recv());
    })();
    for (let i = 0; i < n; i++) {
      await ping.send(i);
      await pong.recv();
    }
  },
  unbuffered: (n) => produce(n, 0),
  buffered: (n) => produce(n, 128),
  async "select-two"(n) {
    const a = new Chan<number>(0);
    const b = new Chan<number>(0);
    const produceOnes = async (c: Chan<number>): Promise<void> => {
      for (let i = 0; i < n / 2; i++) await c.send(1);
    };
    void produceOnes(a);
    void produceOnes(b);
    let sum = 0;
    for (let i = 0; i < n; i++)
      await select([
        recv(a, (_ok: boolean, v: number | null) => {
          sum += v ?? 0;
        }),
        recv(b, (_ok: boolean, v: number | null) => {
          sum += v ?? 0;
        }),
      ]);
    check(sum === n);
  },
  async fibonacci(n) {
    const c = new Chan<number>(0);
    const quit = new Chan<number>(0);
    void (async () => {
      for (let i = 0; i < n; i++) await c.recv();
      await quit.send(0);
    })();
    let x = 0;
    let y = 1;
    let isDone = false;
    while (!isDone)
      await select([
        send(c, x, () => {
          [x, y] = [y, (x + y) % 1_000_000];
        }),
        recv(quit, () => {
          isDone = true;
        }),
      ]);
  },
  async "fan-in"(n) {
    const c = new Chan<number>(0);
    for (let p = 0; p < 100; p++)
      void (async () => {
        for (let i = 0; i < n / 100; i++) await c.send(1);
      })();
    let sum = 0;
    for (let i = 0; i < n; i++) sum += await c.recv();
    check(sum === n);
  },
  async sieve(n) {
    let c = new Chan<number>(0);
    const count = async (to: Chan<number>): Promise<void> => {
      for (let i = 2; ; i++) await to.send(i);
    };
    const filter = async (from: Chan<number>, to: Chan<number>, prime: number): Promise<void> => {
      for (;;) {
        const v = await from.recv();
        if (v % prime !== 0) await to.send(v);
      }
    };
    void count(c);
    let prime = 0;
    for (let i = 0; i < n; i++) {
      prime = await c.recv();
      const next = new Chan<number>(0);
      void filter(c, next, prime);
      c = next;
    }
    check(n !== 1000 || prime === 7919);
  },

  async ring(n) {
    const size = 503;
    const first = new Chan<number>(0);
    const done = new Chan<number>(0);
    const pass = async (from: Chan<number>, to: Chan<number>): Promise<void> => {
      for (;;) {
        const v = await from.recv();
        if (v === 0) break;
        await to.send(v - 1);
      }
      await done.send(1);
    };
    let from = first;
    for (let i = 0; i < size; i++) {
      const to = i === size - 1 ? first : new Chan<number>(0);
      void pass(from, to);
      from = to;
    }
    await first.send(n);
    await done.recv();
  },

  async routines(n, heapBytes) {
    const done = new Chan<number>(0);
    let left = n;
    const before = heapBytes();
    for (let i = 0; i < n; i++)
      void (async () => {
        const own = new Chan<number>(0);
        await select([recv(own), recv(done)]);
        left--;
      })();
    await new Promise(setImmediate);
    const bytes = (heapBytes() - before) / n;
    void done.close();
    await new Promise(setImmediate);
    check(left === 0);
    return bytes;
  },

  async leak(n, heapBytes) {
    const c = new Chan<number>(0);
    const done = new Chan<number>(0);
    void (async () => {
      for (let i = 0; i < n * 2; i++) await c.send(i);
    })();
    let before = 0;
    for (let i = 0; i < n * 2; i++) {
      if (i === n) before = heapBytes();
      await select([recv(c), recv(done)]);
    }
    const bytes = (heapBytes() - before) / n;
    // Not garbage before it is measured.
    void done.close();
    return bytes;
  },
} satisfies Workloads;
