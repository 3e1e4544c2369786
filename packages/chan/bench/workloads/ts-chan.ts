/**
 * Most of the workloads on ts-chan, in its unsafe (faster) mode. A select is built once and waited on in each turn of
 * the loop, as it asks for; the value of a send is read when the send happens.
 */

import { Chan, recv, Select, send } from "ts-chan";
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

/** @public */
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
  async "select-two"(n) {
    const a = chan();
    const b = chan();
    const produceOnes = async (c: Chan<number>): Promise<void> => {
      for (let i = 0; i < n / 2; i++) await c.send(1);
    };
    void produceOnes(a);
    void produceOnes(b);
    const select = new Select([recv(a), recv(b)]).setUnsafe(true);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      switch (await select.wait()) {
        case 0:
          sum += select.recv(select.cases[0]).value ?? 0;
          break;
        case 1:
          sum += select.recv(select.cases[1]).value ?? 0;
          break;
      }
    }
    check(sum === n);
  },
  async fibonacci(n) {
    const c = chan();
    const quit = chan();
    void (async () => {
      for (let i = 0; i < n; i++) await c.recv();
      await quit.send(0);
    })();
    let x = 0;
    let y = 1;
    const select = new Select([send(c, () => x), recv(quit)]).setUnsafe(true);
    while ((await select.wait()) === 0) [x, y] = [y, (x + y) % 1_000_000];
  },
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

  async routines(n, heapBytes) {
    const done = chan();
    let left = n;
    const before = heapBytes();
    for (let i = 0; i < n; i++)
      void (async () => {
        const own = chan();
        await new Select([recv(own), recv(done)]).setUnsafe(true).wait();
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
    const c = chan();
    const done = chan();
    void (async () => {
      for (let i = 0; i < n * 2; i++) await c.send(i);
    })();
    const select = new Select([recv(c), recv(done)]).setUnsafe(true);
    let before = 0;
    for (let i = 0; i < n * 2; i++) {
      if (i === n) before = heapBytes();
      await select.wait();
    }
    const bytes = (heapBytes() - before) / n;
    // Not garbage before it is measured.
    done.close();
    return bytes;
  },
} satisfies Workloads;
