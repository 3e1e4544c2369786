/** The picture of a running scene, built from trace events alone: which node paints where, and what everybody wears. */
import type { Area } from "./area.ts";
import type { Command } from "./command.ts";
import { People } from "./people.ts";
import type { TraceEvent } from "./trace.ts";

/** One job on its way over the area. `step` is the last one it painted, -1 before the first. */
export interface Walk {
  readonly node: string;
  readonly command: Command;
  step: number;
  /** Deliveries of this job that the node has and has not acked: more than one when the broker has redelivered it. */
  deliveries: number;
}

export class Picture {
  /** The areas that are shown. */
  readonly areas: readonly Area[];
  readonly steps: number;
  readonly people: People;
  /** The jobs that are being worked on. */
  readonly walks = new Map<string, Walk>();
  readonly commanded: Command[] = [];
  /** Keys of the commands whose job was acked. */
  readonly acked = new Set<string>();
  /** The command of every painted step. */
  readonly painted: Command[] = [];

  constructor(areas: readonly Area[], steps: number) {
    this.areas = areas;
    this.steps = steps;
    this.people = new People(steps);
  }

  apply(event: TraceEvent): void {
    this.people.apply(event);
    switch (event.type) {
      case "commanded":
        this.commanded.push(event.command);
        break;
      case "delivered": {
        const { node, command } = event;
        const deliveries = (this.walks.get(walkKey(node, command))?.deliveries ?? 0) + 1;
        this.walks.set(walkKey(node, command), { node, command, step: -1, deliveries });
        break;
      }
      case "painted": {
        const { command, step } = event;
        this.painted.push(command);
        const walk = this.walks.get(walkKey(event.node, command));
        if (walk) walk.step = step;
        break;
      }
      case "acked":
        this.acked.add(commandKey(event.command));
        this.#ended(event.node, event.command);
        break;
      case "disconnected":
        // Deliveries that waited in its chan are the broker's again, and the node will not ack them.
        for (const walk of this.walks.values()) if (walk.node === event.node) walk.deliveries = 1;
        break;
      case "ack dropped":
      case "rejected":
        this.#ended(event.node, event.command);
        break;
    }
  }

  /** A node that has the job twice is at work until it has acked both. */
  #ended(node: string, command: Command): void {
    const key = walkKey(node, command);
    const walk = this.walks.get(key);
    if (walk && --walk.deliveries === 0) this.walks.delete(key);
  }

  /** Forgets what a dead node was doing. */
  forget(node: string): void {
    for (const [key, walk] of this.walks) if (walk.node === node) this.walks.delete(key);
  }

  /** Of so many orders, how many have no acked job yet. Acks of commands given before this picture began do not count. */
  unacked(orders: number): number {
    return orders - this.commanded.filter((command) => this.acked.has(commandKey(command))).length;
  }

  /** True when every order was given and its job acked. */
  isOver(orders: number): boolean {
    return this.commanded.length === orders && this.unacked(orders) === 0;
  }

  /** Steps whose paint did not last: they were not of their area's newest command. */
  wasted(): number {
    const newest = new Map<Area, number>();
    for (const { area, revision } of this.commanded)
      newest.set(area, Math.max(revision, newest.get(area) ?? 0));
    return this.painted.filter(({ area, revision }) => revision !== newest.get(area)).length;
  }
}

export function commandKey({ area, revision }: Command): string {
  return `${area} ${revision}`;
}

function walkKey(node: string, command: Command): string {
  return `${node} ${commandKey(command)}`;
}
