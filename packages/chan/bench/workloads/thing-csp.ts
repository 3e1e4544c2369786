/**
 * Most of the workloads on @thi.ng/csp: fast, but `read` cannot tell a closed channel from a sent `undefined`, and its
 * default channel buffers one value, so what has no buffer in Go is no rendezvous here. Its select only receives, so
 * there is no `fibonacci`; it takes the first ready case, and the loser of a select can cancel another one that waits
 * on the same channel.
 */

import { type Channel, channel, select } from "@thi.ng/csp";
import { check, type Workloads } from "./workloads.ts";

async function produce(n: number, cap: number): Promise<void> {
  const c = cap === 0 ? channel<number>() : channel<number>(cap);
  void (async () => {
    for (let i = 0; i < n; i++) await c.write(i);
  })();
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (await c.read()) ?? 0;
  check(sum === (n * (n - 1)) / 2);
}

/** @public */
export const workloads = {
  async "ping-pong"(n) {
    const ping = channel<number>();
    const pong = channel<number>();
    void (async () => {
      for (let i = 0; i < n; i++) await pong.write((await ping.read()) ?? 0);
    })();
    for (let i = 0; i < n; i++) {
      await ping.write(i);
      await pong.read();
    }
  },
  unbuffered: (n) => produce(n, 0),
  buffered: (n) => produce(n, 128),
  async "select-two"(n) {
    const a = channel<number>();
    const b = channel<number>();
    const send = async (c: Channel<number>): Promise<void> => {
      for (let i = 0; i < n / 2; i++) await c.write(1);
    };
    void send(a);
    void send(b);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const [v, from] = await select(a, b);
      switch (from) {
        case a:
          sum += v ?? 0;
          break;
        case b:
          sum += v ?? 0;
          break;
      }
    }
    check(sum === n);
  },
  async "fan-in"(n) {
    const c = channel<number>();
    for (let p = 0; p < 100; p++)
      void (async () => {
        for (let i = 0; i < n / 100; i++) await c.write(1);
      })();
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (await c.read()) ?? 0;
    check(sum === n);
  },
  async sieve(n) {
    let c = channel<number>();
    const count = async (to: Channel<number>): Promise<void> => {
      for (let i = 2; ; i++) await to.write(i);
    };
    const filter = async (from: Channel<number>, to: Channel<number>, prime: number): Promise<void> => {
      for (;;) {
        const v = (await from.read()) ?? 0;
        if (v % prime !== 0) await to.write(v);
      }
    };
    void count(c);
    let prime = 0;
    for (let i = 0; i < n; i++) {
      prime = (await c.read()) ?? 0;
      const next = channel<number>();
      void filter(c, next, prime);
      c = next;
    }
    check(n !== 1000 || prime === 7919);
  },

  async ring(n) {
    const size = 503;
    const first = channel<number>();
    const done = channel<number>();
    const pass = async (from: Channel<number>, to: Channel<number>): Promise<void> => {
      for (;;) {
        const v = (await from.read()) ?? 0;
        if (v === 0) break;
        await to.write(v - 1);
      }
      await done.write(1);
    };
    let from = first;
    for (let i = 0; i < size; i++) {
      const to = i === size - 1 ? first : channel<number>();
      void pass(from, to);
      from = to;
    }
    await first.write(n);
    await done.read();
  },

  async routines(n, heapBytes) {
    const done = channel<number>();
    let left = n;
    const before = heapBytes();
    for (let i = 0; i < n; i++)
      void (async () => {
        const own = channel<number>();
        await select(own, done);
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
    const c = channel<number>();
    const done = channel<number>();
    void (async () => {
      for (let i = 0; i < n * 2; i++) await c.write(i);
    })();
    let before = 0;
    for (let i = 0; i < n * 2; i++) {
      if (i === n) before = heapBytes();
      await select(c, done);
    }
    const bytes = (heapBytes() - before) / n;
    // Not garbage before it is measured.
    done.close();
    return bytes;
  },
} satisfies Workloads;
