/** Injects the faults of a story into the simulation. */
import type { Fault } from "./plan.ts";
import { HEARTBEAT_MS } from "./plan.ts";
import { Process } from "./process.ts";
import type { Simulation } from "./simulation.ts";

/** The nodes of a story. Each has one living process, or none between a crash and the restart. */
export class Nodes {
  readonly current: Process[] = [];
  private readonly sim: Simulation;
  private readonly incarnations: number[] = [];

  constructor(sim: Simulation) {
    this.sim = sim;
  }

  start(node: number, paceMs: number): void {
    const incarnation = (this.incarnations[node] ?? 0) + 1;
    this.incarnations[node] = incarnation;
    const process = new Process(this.sim, `n${node + 1}`, incarnation, paceMs);
    this.current[node] = process;
    process.start();
  }

  /** The node's process, if one lives. */
  alive(node: number): Process | undefined {
    const process = this.current[node];
    return process?.alive ? process : undefined;
  }
}

/** Queues the beginning and the end of a fault. `publishAgain` publishes a command once more. */
export function inject(
  sim: Simulation,
  nodes: Nodes,
  fault: Fault,
  publishAgain: (command: number) => void,
): void {
  const { kind, atMs } = fault;
  const name = "node" in fault ? `${kind} n${fault.node + 1} ${atMs}` : `${kind} ${atMs}`;
  const until = atMs + ("forMs" in fault ? fault.forMs : 0);
  const both = (begin: (process: Process) => void, end: (process: Process) => void): void => {
    const node = "node" in fault ? fault.node : -1;
    let process: Process | undefined;
    sim.at(atMs, name, () => {
      process = nodes.alive(node);
      if (process) begin(process);
    });
    sim.at(until, `${name} ends`, () => {
      if (process?.alive) end(process);
    });
  };
  switch (kind) {
    case "crash":
      sim.at(atMs, name, () => nodes.alive(fault.node)?.kill("killed"));
      sim.at(until, `${name} ends`, () => {
        const before = nodes.current[fault.node];
        // A process that panicked stays down: the same panic would end it again.
        if (before && before.ended === "killed") nodes.start(fault.node, before.paceMs);
      });
      break;
    case "pause":
      both(pause, resume);
      sim.at(atMs + HEARTBEAT_MS, `${name} heartbeat`, () => {
        const process = nodes.alive(fault.node);
        if (fault.forMs > HEARTBEAT_MS && process?.paused) process.disconnect();
      });
      break;
    case "disconnect":
      both(cut, reconnect);
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
    case "duplicate":
      sim.at(atMs, name, () => publishAgain(fault.command));
      break;
    case "broker-restart":
      restartBroker(sim, nodes, atMs, until);
      break;
  }
}

function set(flag: "slow" | "late", value: boolean): (process: Process) => void {
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

function cut(process: Process): void {
  if (!process.connection) return;
  process.disconnect();
  process.report({ type: "disconnected", reason: "the connection was cut" });
  if (process.neverReconnects) process.closeJobs();
}

function reconnect(process: Process): void {
  if (!process.connection && !process.paused) process.connectAgain();
}

function loseCancelQueue(process: Process): void {
  process.hasCancelQueue = false;
}

function bindAgain(process: Process): void {
  process.hasCancelQueue = true;
  process.catchUp();
}

function restartBroker(sim: Simulation, nodes: Nodes, atMs: number, until: number): void {
  sim.at(atMs, `broker ${atMs}`, () => {
    sim.outbox = sim.outbox ?? [];
    for (const process of nodes.current) if (process.alive) cut(process);
  });
  sim.at(until, `broker ${atMs} ends`, () => {
    const waiting = sim.outbox ?? [];
    sim.outbox = undefined;
    for (const sendAgain of waiting) sendAgain();
    for (const process of nodes.current) if (process.alive) reconnect(process);
  });
}
