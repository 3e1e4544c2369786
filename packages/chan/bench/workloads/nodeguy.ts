/**
 * Most of the workloads on @nodeguy/channel, whose channels have the methods of an array. It reads `undefined` from a
 * closed channel and so cannot send it, and its select takes the first ready case instead of a random one.
 */

import nodeguy from "@nodeguy/channel";
import { check, type Workloads } from "./workloads.ts";

// Its types tell of a default export, but the module is the constructor itself.
const Channel = nodeguy as unknown as typeof nodeguy.default;

async function produce(n: number, cap: number): Promise<void> {
  const c = Channel<number>(cap);
  void (async () => {
    for (let i = 0; i < n; i++) await c.push(i);
    c.close();
  })();
  let sum = 0;
  for (;;) {
    const v: number | undefined = await c.shift();
    if (v === undefined) break;
    sum += v;
  }
  check(sum === (n * (n - 1)) / 2);
}

/** @public */
export const workloads = {
  async "ping-pong"(n) {
    const ping = Channel<number>();
    const pong = Channel<number>();
    void (async () => {
      for (;;) {
        const v: number | undefined = await ping.shift();
        if (v === undefined) break;
        await pong.push(v);
      }
      pong.close();
    })();
    for (let i = 0; i < n; i++) {
      await ping.push(i);
      await pong.shift();
    }
    ping.close();
    await pong.shift();
  },
  unbuffered: (n) => produce(n, 0),
  buffered: (n) => produce(n, 128),
  async "select-two"(n) {
    const a = Channel<number>();
    const b = Channel<number>();
    const send = async (c: typeof a): Promise<void> => {
      for (let i = 0; i < n / 2; i++) await c.push(1);
    };
    void send(a);
    void send(b);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      switch (await Channel.select([a.shift(), b.shift()])) {
        case a:
          sum += a.value();
          break;
        case b:
          sum += b.value();
          break;
      }
    }
    check(sum === n);
  },
  async fibonacci(n) {
    const c = Channel<number>();
    const quit = Channel<number>();
    void (async () => {
      for (let i = 0; i < n; i++) await c.shift();
      await quit.push(0);
    })();
    let x = 0;
    let y = 1;
    while ((await Channel.select([c.push(x), quit.shift()])) === c) [x, y] = [y, (x + y) % 1_000_000];
  },
  async "fan-in"(n) {
    const c = Channel<number>();
    const producers = Array.from({ length: 100 }, async () => {
      for (let i = 0; i < n / 100; i++) await c.push(1);
    });
    void Promise.all(producers).then(() => c.close());
    let sum = 0;
    await c.forEach((v) => {
      sum += v;
    });
    check(sum === n);
  },
  async sieve(n) {
    let c = Channel<number>();
    const count = async (to: typeof c): Promise<void> => {
      for (let i = 2; ; i++) await to.push(i);
    };
    const filter = async (from: typeof c, to: typeof c, prime: number): Promise<void> => {
      for (;;) {
        const v = await from.shift();
        if (v % prime !== 0) await to.push(v);
      }
    };
    void count(c);
    let prime = 0;
    for (let i = 0; i < n; i++) {
      prime = await c.shift();
      const next = Channel<number>();
      void filter(c, next, prime);
      c = next;
    }
    check(n !== 1000 || prime === 7919);
  },

  async ring(n) {
    const size = 503;
    const first = Channel<number>();
    const done = Channel<number>();
    const pass = async (from: typeof first, to: typeof first): Promise<void> => {
      for (;;) {
        const v = await from.shift();
        if (v === 0) break;
        await to.push(v - 1);
      }
      await done.push(1);
    };
    let from = first;
    for (let i = 0; i < size; i++) {
      const to = i === size - 1 ? first : Channel<number>();
      void pass(from, to);
      from = to;
    }
    await first.push(n);
    await done.shift();
  },

  async routines(n, heapBytes) {
    const done = Channel<number>();
    let left = n;
    const before = heapBytes();
    for (let i = 0; i < n; i++)
      void (async () => {
        const own = Channel<number>();
        await Channel.select([own.shift(), done.shift()]);
        left--;
      })();
    await new Promise(setImmediate);
    const bytes = (heapBytes() - before) / n;
    done.close();
    await new Promise(setImmediate);
    check(left === 0);
    return bytes;
  },

  async leak(n, heapBytes) {
    const c = Channel<number>();
    const done = Channel<number>();
    void (async () => {
      for (let i = 0; i < n * 2; i++) await c.push(i);
    })();
    let before = 0;
    for (let i = 0; i < n * 2; i++) {
      if (i === n) before = heapBytes();
      await Channel.select([c.shift(), done.shift()]);
    }
    const bytes = (heapBytes() - before) / n;
    // Not garbage before it is measured.
    done.close();
    return bytes;
  },
} satisfies Workloads;
