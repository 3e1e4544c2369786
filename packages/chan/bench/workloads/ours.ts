/** The workloads on @shirts/chan. Written like the Go program in bench/go: same routines, same channels, same checks. */

import {
  type Chan,
  chan,
  go,
  type RecvChan,
  receiving,
  type SendChan,
  select,
  sending,
  WaitGroup,
} from "../../src/index.ts";
import { check, type Workloads } from "./workloads.ts";

async function produce(n: number, cap: number): Promise<void> {
  const c = chan<number>(cap);
  go(async () => {
    for (let i = 0; i < n; i++) await c.send(i);
    c.close();
  });
  let sum = 0;
  for (;;) {
    const [v, ok] = await c.recv();
    if (!ok) break;
    sum += v;
  }
  check(sum === (n * (n - 1)) / 2);
}

/** @public */
export const workloads = {
  async "ping-pong"(n) {
    const ping = chan<number>();
    const pong = chan<number>();
    go(async () => {
      for (;;) {
        const [v, ok] = await ping.recv();
        if (!ok) break;
        await pong.send(v);
      }
      pong.close();
    });
    for (let i = 0; i < n; i++) {
      await ping.send(i);
      await pong.recv();
    }
    ping.close();
    await pong.recv();
  },

  unbuffered: (n) => produce(n, 0),
  buffered: (n) => produce(n, 128),

  /** Waits only when the other side is behind. */
  async "buffered-try"(n) {
    const c = chan<number>(128);
    go(async () => {
      for (let i = 0; i < n; i++) if (!c.trySend(i)) await c.send(i);
      c.close();
    });
    let sum = 0;
    for (;;) {
      const [v, ok] = c.tryRecv() ?? (await c.recv());
      if (!ok) break;
      sum += v;
    }
    check(sum === (n * (n - 1)) / 2);
  },

  async "select-two"(n) {
    const a = chan<number>();
    const b = chan<number>();
    const send = async (c: SendChan<number>): Promise<void> => {
      for (let i = 0; i < n / 2; i++) await c.send(1);
    };
    go(send, a);
    go(send, b);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const it = await select({ a: receiving(a), b: receiving(b) });
      switch (it.case) {
        case "a":
          if (it.ok) sum += it.value;
          break;
        case "b":
          if (it.ok) sum += it.value;
          break;
      }
    }
    check(sum === n);
  },

  async fibonacci(n) {
    const c = chan<number>();
    const quit = chan<number>();
    go(async () => {
      for (let i = 0; i < n; i++) await c.recv();
      await quit.send(0);
    });
    let x = 0;
    let y = 1;
    for (;;) {
      const it = await select({ c: sending(c, x), quit: receiving(quit) });
      switch (it.case) {
        case "c":
          [x, y] = [y, (x + y) % 1_000_000];
          break;
        case "quit":
          return;
      }
    }
  },

  async "fan-in"(n) {
    const producers = 100;
    const c = chan<number>();
    const group = new WaitGroup();
    for (let p = 0; p < producers; p++) {
      group.go(async () => {
        for (let i = 0; i < n / producers; i++) await c.send(1);
      });
    }
    go(async () => {
      await group.wait();
      c.close();
    });
    let sum = 0;
    for await (const v of c) sum += v;
    check(sum === n);
  },

  async sieve(n) {
    const numbers = chan<number>();
    go(async (out: SendChan<number>) => {
      for (let i = 2; ; i++) await out.send(i);
    }, numbers);
    const filter = async (from: RecvChan<number>, to: SendChan<number>, prime: number): Promise<void> => {
      for (;;) {
        const [v, ok] = await from.recv();
        if (ok && v % prime !== 0) await to.send(v);
      }
    };
    let c = numbers;
    let prime: number | undefined = 0;
    for (let i = 0; i < n; i++) {
      [prime] = await c.recv();
      const next = chan<number>();
      go(filter, c, next, prime ?? 0);
      c = next;
    }
    check(n !== 1000 || prime === 7919);
  },

  async ring(n) {
    const size = 503;
    const first = chan<number>();
    const done = chan<number>();
    const pass = async (from: Chan<number>, to: Chan<number>): Promise<void> => {
      for (;;) {
        const [v, ok] = await from.recv();
        if (!ok || v === 0) {
          await done.send(1);
          return;
        }
        await to.send(v - 1);
      }
    };
    let from = first;
    for (let i = 0; i < size; i++) {
      const to = i === size - 1 ? first : chan<number>();
      go(pass, from, to);
      from = to;
    }
    await first.send(n);
    await done.recv();
  },

  async routines(n, heapBytes) {
    const done = chan<never>();
    const ready = new WaitGroup();
    const group = new WaitGroup();
    ready.add(n);
    group.add(n);
    const before = heapBytes();
    for (let i = 0; i < n; i++) {
      go(async () => {
        const own = chan<never>();
        ready.done();
        await select({ own: receiving(own), done: receiving(done) });
        group.done();
      });
    }
    await ready.wait();
    const bytes = (heapBytes() - before) / n;
    done.close();
    await group.wait();
    return bytes;
  },

  /** A long loop whose other case never fires: what the losers leave behind, in bytes of heap per select. */
  async leak(n, heapBytes) {
    const c = chan<number>();
    const done = chan<never>();
    go(async () => {
      for (let i = 0; i < n * 2; i++) await c.send(i);
    });
    let before = 0;
    for (let i = 0; i < n * 2; i++) {
      if (i === n) before = heapBytes();
      await select({ c: receiving(c), done: receiving(done) });
    }
    const bytes = (heapBytes() - before) / n;
    done.close(); // Used after the measurement: otherwise `done`, and all that was left on it, would be garbage by then.
    return bytes;
  },
} satisfies Workloads;
