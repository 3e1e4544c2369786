/** Injects the faults of a story that strike one node; the others are in `surroundings.ts`. */
import { KILLED } from "./ends.ts";
import type { Nodes } from "./nodes.ts";
import { type Fault, HEARTBEAT_MS } from "./plan.ts";
import type { Process } from "./process.ts";
import type { Simulation } from "./simulation.ts";
import { type Cast, injectAround } from "./surroundings.ts";

/** Queues the beginning and the end of a fault. */
export function inject(cast: Cast, fault: Fault): void {
  if ("node" in fault) injectNode(cast, fault);
  else injectAround(cast, fault);
}

type NodeFault = Extract<Fault, { readonly node: number }>;

function injectNode({ sim, nodes }: Cast, fault: NodeFault): void {
  const { kind, node, atMs, forMs } = fault;
  const name = `${kind} n${node + 1} ${atMs}`;
  const both = (begin: (process: Process) => void, end: (process: Process) => void): void => {
    let process: Process | undefined;
    sim.at(atMs, name, () => {
      process = nodes.alive(node);
      if (process) begin(process);
    });
    sim.at(atMs + forMs, `${name} ends`, () => {
      if (process?.alive) end(process);
    });
  };
  switch (kind) {
    case "crash":
    case "delivery-limit":
      crash(sim, nodes, fault, name);
      break;
    case "terminate":
      terminate(sim, nodes, fault, name);
      break;
    case "pause":
      both(pause, resume);
      sim.at(atMs + HEARTBEAT_MS, `${name} heartbeat`, () => {
        const process = nodes.alive(node);
        if (forMs > HEARTBEAT_MS && process?.paused) process.disconnect();
      });
      break;
    case "disconnect":
      both(
        (process) => process.cut(),
        (process) => process.reconnect(),
      );
      break;
    case "lost-cancel":
      both(loseCancelQueue, bindAgain);
      break;
    case "slow":
      both(set("slow", true), set("slow", false));
      break;
    case "delay":
      both(set("late", true), set("late", false));
      break;
    case "lost-answer":
      both(set("losesAnswers", true), set("losesAnswers", false));
      break;
  }
}

function crash(sim: Simulation, nodes: Nodes, { kind, node, atMs, forMs }: NodeFault, name: string): void {
  sim.at(atMs, name, () => {
    sim.broker.isAtLimit = kind === "delivery-limit" && sim.stage.limitsDeliveries === true;
    nodes.alive(node)?.kill(KILLED);
    sim.broker.isAtLimit = false;
  });
  sim.at(atMs + forMs, `${name} ends`, () => {
    const before = nodes.current[node];
    // A process that panicked stays down: the same panic would end it again.
    if (before && before.ended === "killed") nodes.start(node, before.paceMs);
  });
}

function terminate(sim: Simulation, nodes: Nodes, { node, atMs, forMs }: NodeFault, name: string): void {
  sim.at(atMs, name, () => {
    const process = nodes.alive(node);
    if (!process) return;
    // A paused process gets the signal when it resumes.
    sim.later({ label: `${name} signal`, to: process, ms: [0, 0] }, () =>
      process.terminate(forMs, () => nodes.startAgain(process, 1)),
    );
  });
}

function set(flag: "slow" | "late" | "losesAnswers", value: boolean): (process: Process) => void {
  return (process) => {
    process[flag] = value;
  };
}

export function pause(process: Process): void {
  process.paused = true;
  process.report({ type: "paused" });
}

/** A process does not notice its pause: its timers fire, it reads its socket, and then it sees whether its connection is gone. */
export function resume(process: Process): void {
  process.paused = false;
  process.report({ type: "resumed" });
  process.release();
  if (!process.connection) {
    process.report({ type: "disconnected", reason: "missed heartbeats" });
    process.reconnectSoon();
  }
}

function loseCancelQueue(process: Process): void {
  process.hasCancelQueue = false;
}

function bindAgain(process: Process): void {
  process.hasCancelQueue = true;
  process.catchUp();
}
