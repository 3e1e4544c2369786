/**
 * Some of the workloads on @thi.ng/csp: fast, but `read` cannot tell a closed channel from a sent `undefined`, and its
 * default channel buffers one value, so what has no buffer in Go is no rendezvous here.
 */

import { type Channel, channel } from "@thi.ng/csp";
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
} satisfies Workloads;
