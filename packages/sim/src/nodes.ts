/** The nodes of a story, and who starts them again. */
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

  /** Starts a new process in the place of one that has ended. */
  startAgain({ node, paceMs }: Process, afterMs: number): void {
    const index = this.current.findIndex((process) => process.node === node);
    this.sim.at(this.sim.now + afterMs, `start ${node} ${this.sim.now}`, () => {
      if (!this.alive(index)) this.start(index, paceMs);
    });
  }

  /** The node's process, if one lives. */
  alive(node: number): Process | undefined {
    const process = this.current[node];
    return process?.alive ? process : undefined;
  }
}
