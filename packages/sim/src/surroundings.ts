/** Injects the faults of a story that strike what is around the nodes: broker, president and table. */
import type { Area } from "@shirts/story";
import { WORLD_GONE } from "./ends.ts";
import type { Nodes } from "./nodes.ts";
import type { Fault } from "./plan.ts";
import type { President } from "./president.ts";
import type { Simulation } from "./simulation.ts";

/** What a fault may strike. */
export interface Cast {
  readonly sim: Simulation;
  readonly nodes: Nodes;
  readonly president: President;
}

/** Queues the beginning and the end of a fault. */
export function injectAround(cast: Cast, fault: Exclude<Fault, { readonly node: number }>): void {
  const { sim, president } = cast;
  const { kind, atMs } = fault;
  const name = `${kind} ${atMs}`;
  const strike = (run: () => void) => sim.at(atMs, name, run);
  switch (kind) {
    case "duplicate":
      strike(() => president.publish(fault.command));
      break;
    case "president-death":
      // He dies at his command; this is the next one.
      strike(() => president.comesBack());
      break;
    case "deleted-queue":
      strike(() => {
        for (const consumer of sim.broker.deleteQueue()) consumer.cancelled();
      });
      break;
    case "prepare":
      strike(() => prepare(cast, fault.forMs));
      break;
    case "foreign":
      strike(() => intrude(sim, name, "elsewhere"));
      break;
    case "forged":
      strike(() => intrude(sim, name, sim.table.world));
      break;
    case "broker-restart":
      restartBroker(cast, atMs, atMs + fault.forMs);
      break;
  }
}

function restartBroker({ sim, nodes }: Cast, atMs: number, until: number): void {
  sim.at(atMs, `broker ${atMs}`, () => {
    sim.outbox = sim.outbox ?? [];
    for (const process of nodes.current) if (process.alive) process.cut();
  });
  sim.at(until, `broker ${atMs} ends`, () => {
    const waiting = sim.outbox ?? [];
    sim.outbox = undefined;
    for (const sendAgain of waiting) sendAgain();
    for (const process of nodes.current) if (process.alive) process.reconnect();
  });
}

/** A new world. Nodes of the earlier one end as soon as they notice, and whoever runs them starts them again. */
function prepare({ sim, nodes, president }: Cast, restartMs: number): void {
  sim.table.prepare();
  president.forget();
  sim.report("president", { type: "prepared" });
  sim.onKilled = (process, reason) => {
    if (reason === WORLD_GONE) nodes.startAgain(process, restartMs);
  };
}

/** More than any story's revisions. */
const HIGH_REVISION = 1000;

/** A job and a cancel that no president of this world sent. */
function intrude(sim: Simulation, name: string, world: string): void {
  const area: Area = "north-america";
  const place = { area, revision: HIGH_REVISION, world };
  sim.later({ label: `publish ${name}` }, () =>
    sim.broker.publish(`x${sim.now}`, { ...place, shirt: "orange" }),
  );
  sim.later({ label: `announce ${name}` }, () =>
    sim.broker.fanOut({ ...place, consumerId: "x" }, `${name} x`),
  );
}
