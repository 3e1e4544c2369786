/** A president's dependencies: a table in memory, and a broker that can be made to fail. */
import { after } from "@shirts/chan";
import type { Command } from "@shirts/story";
import { decodeCancel, decodeCommand } from "../../src/messages.ts";
import type { Dependencies } from "../../src/president/president.ts";

export interface FakeDependencies {
  readonly dependencies: Dependencies;
  /** What the broker has, one line each. */
  readonly sent: readonly string[];
  /** From now on the broker does not take what `isLost` says. */
  fail(isLost: (line: string) => boolean): void;
}

/** The time of chan's clock, which a bubble moves. */
async function now(): Promise<number> {
  const [ms = 0] = await after(0).recv();
  return ms;
}

export function fakeDependencies(): FakeDependencies {
  const rows: { order: Command; stage: string; acceptedAt: number; isConfirmed: boolean }[] = [];
  const sent: string[] = [];
  let isLost: (line: string) => boolean = () => false;
  const post = (line: string) => {
    if (isLost(line)) throw new Error("the broker is down");
    sent.push(line);
  };
  const ordersOf = (chosen: typeof rows) => chosen.map(({ order }) => order);
  const dependencies: Dependencies = {
    rabbit: {
      publish: async (queue, body) => post(`${queue} ${decodeCommand(body).shirt}`),
      broadcast: async (exchange, body) => post(`${exchange} below ${decodeCancel(body).revision}`),
    },
    table: {
      async command(area, shirt, stage = "") {
        const order: Command = { area, shirt, revision: rows.length + 1, world: "w1" };
        rows.push({ order, stage, acceptedAt: await now(), isConfirmed: false });
        return order;
      },
      async confirm({ revision }) {
        const row = rows.find(({ order }) => order.revision === revision);
        if (row) row.isConfirmed = true;
      },
      async unconfirmed(stage, forMs = 0) {
        const latest = (await now()) - forMs;
        return ordersOf(
          rows.filter((row) => !row.isConfirmed && row.stage === stage && row.acceptedAt <= latest),
        );
      },
      // No node works here, so nothing is ever finished.
      unfinished: async (stage) => ordersOf(rows.filter((row) => row.stage === stage).slice(-1)),
    },
  };
  return {
    dependencies,
    sent,
    fail(lost) {
      isLost = lost;
    },
  };
}
