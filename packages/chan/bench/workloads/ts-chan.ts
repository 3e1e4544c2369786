/** Some of the workloads on ts-chan, in its unsafe (faster) mode. */

import { Chan } from "ts-chan";
import { check, type Workloads } from "./workloads.ts";

function chan(cap = 0): Chan<number> {
  const c = new Chan<number>(cap);
  c.unsafe = true;
  return c;
}

async function produce(n: number, cap: number): Promise<void> {
  const c = chan(cap);
  void (async () => {
    for (let i = 0; i < n; i++) await c.send(i);
  })();
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (await c.recv()).value ?? 0;
  check(sum === (n * (n - 1)) / 2);
}

export const workloads = {
  async "ping-pong"(n) {
    const ping = chan();
    const pong = chan();
    void (async () => {
      for (let i = 0; i < n; i++) await pong.send((await ping.recv()).value ?? 0);
    })();
    for (let i = 0; i < n; i++) {
      await ping.send(i);
      await pong.recv();
    }
  },
  unbuffered: (n) => produce(n, 0),
  buffered: (n) => produce(n, 128),
  async "fan-in"(n) {
    const c = chan();
    for (let p = 0; p < 100; p++)
      void (async () => {
        for (let i = 0; i < n / 100; i++) await c.send(1);
      })();
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (await c.recv()).value ?? 0;
    check(sum === n);
  },
  async sieve(n) {
    let c = chan();
    const count = async (to: Chan<number>): Promise<void> => {
      for (let i = 2; ; i++) await to.send(i);
    };
    const filter = async (from: Chan<number>, to: Chan<number>, prime: number): Promise<void> => {
      for (;;) {
        const v = (await from.recv()).value ?? 0;
        if (v % prime !== 0) await to.send(v);
      }
    };
    void count(c);
    let prime = 0;
    for (let i = 0; i < n; i++) {
      prime = (await c.recv()).value ?? 0;
      const next = chan();
      void filter(c, next, prime);
      c = next;
    }
    check(n !== 1000 || prime === 7919);
  },

  async ring(n) {
    const size = 503;
    const first = chan();
    const done = chan();
    const pass = async (from: Chan<number>, to: Chan<number>): Promise<void> => {
      for (;;) {
        const v = (await from.recv()).value ?? 0;
        if (v === 0) break;
        await to.send(v - 1);
      }
      await done.send(1);
    };
    let from = first;
    for (let i = 0; i < size; i++) {
      const to = i === size - 1 ? first : chan();
      void pass(from, to);
      from = to;
    }
    await first.send(n);
    await done.recv();
  },
} satisfies Workloads;
