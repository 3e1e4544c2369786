/** An abstract program as one of chans. */

import { type Chan, chan, go, receiving, select, sending, sleep } from "../../src/index.ts";
import type { Op, Program } from "./plain-orders.ts";

export function realProgram({ caps, routines }: Program): () => Promise<void> {
  const [main = [], ...others] = routines;
  return async () => {
    const chans = caps.map((cap) => chan<number>(cap));
    for (const ops of others) go(() => run(ops, chans));
    await run(main, chans);
  };
}

async function run(ops: readonly Op[], chans: readonly Chan<number>[]): Promise<void> {
  for (const op of ops) {
    if (op.op === "sleep") await sleep(op.ms);
    else if (op.op === "select") await select(casesOf(op.cases, chans));
    else {
      const c = chans[op.chan] as Chan<number>;
      if (op.op === "close") c.close();
      else await (op.op === "send" ? c.send(1) : c.recv());
    }
  }
}

function casesOf(cases: readonly { op: "send" | "recv"; chan: number }[], chans: readonly Chan<number>[]) {
  const all = cases.map(({ op, chan }, i) => {
    const c = chans[chan] as Chan<number>;
    return [`case ${i}`, op === "send" ? sending(c, 1) : receiving(c)] as const;
  });
  return Object.fromEntries(all);
}
