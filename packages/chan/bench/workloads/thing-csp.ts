/** Some of the workloads on @thi.ng/csp: fast, but `read` cannot tell a closed channel from a sent `undefined`. */

import { channel } from "@thi.ng/csp";
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
} satisfies Workloads;
