/** A president's dependencies: a table in memory, and a broker that can be made to fail. */
import type { Command } from "@shirts/story";
import type { Waiting } from "@shirts/table";
import { decodeCancel, decodeCommand } from "../../src/messages.ts";
import type { Dependencies } from "../../src/president/president.ts";
import type { RelayDependencies } from "../../src/president/relay.ts";

export interface FakeDependencies {
  readonly dependencies: Dependencies & RelayDependencies;
  /** What the broker has, one line each. */
  readonly sent: readonly string[];
  /** From now on the broker does not take what `isLost` says. */
  fail(isLost: (line: string) => boolean): void;
  /** Something happens to the newest command: a step lands, a node begins, its process lives. */
  happens(what: Partial<Pick<Waiting, "landed" | "attempts" | "beats">>): void;
}

/** A command of the outbox, with its counts. */
type Row = { order: Command; stage: string } & {
  -readonly [Count in Exclude<keyof Waiting, "command">]: number;
};

export function fakeDependencies(): FakeDependencies {
  const rows: Row[] = [];
  const sent: string[] = [];
  let isLost: (line: string) => boolean = () => false;
  const post = (line: string) => {
    if (isLost(line)) throw new Error("the broker is down");
    sent.push(line);
  };
  const ordersOf = (chosen: typeof rows) => chosen.map(({ order }) => order);
  const dependencies: FakeDependencies["dependencies"] = {
    rabbit: {
      publish: async (queue, body) => post(`${queue} ${decodeCommand(body).shirt}`),
      broadcast: async (exchange, body) => post(`${exchange} below ${decodeCancel(body).revision}`),
    },
    table: {
      async command(area, shirt, stage = "") {
        const order: Command = { area, shirt, revision: rows.length + 1, world: "w1" };
        rows.push({ order, stage, copies: 0, sendings: 0, landed: 0, attempts: 0, beats: 0 });
        return order;
      },
      async confirm({ revision }) {
        const row = rows.find(({ order }) => order.revision === revision);
        if (row) row.copies++;
      },
      unconfirmed: async (stage) => ordersOf(rows.filter((row) => row.copies === 0 && row.stage === stage)),
      // No node works here, so nothing is ever finished.
      unfinished: async (stage) => ordersOf(rows.filter((row) => row.stage === stage).slice(-1)),
      waiting: async (stage) =>
        rows
          .filter((row, index) => row.stage === stage && (row.copies === 0 || index === rows.length - 1))
          .map(({ order, stage: _, ...counts }) => ({ command: order, ...counts })),
      async claim({ command, sendings }) {
        const row = rows.find(({ order }) => order.revision === command.revision);
        if (row === undefined || row.sendings !== sendings) return false;
        row.sendings++;
        return true;
      },
    },
  };
  return {
    dependencies,
    sent,
    fail(lost) {
      isLost = lost;
    },
    happens: (what) => void Object.assign(rows.at(-1) ?? {}, what),
  };
}
