/**
 * A process's connection to the broker: the messages that are on their way in both directions.
 *
 * Invariants:
 * 1. Four lanes keep their order, each for itself, as the AMQP channels of packages/amqp do: jobs come and acks go over one,
 *    cancels come over another, and cancels go over a third one on a connection of its own.
 * 2. When it is cut, no message on its way arrives, in either direction, and an ack after that goes nowhere. The node's
 *    outgoing cancels are kept (`OutgoingCancels`).
 */
import type { Cancel } from "@shirts/story";
import type { CancelQueue, Consumer, Delivery } from "./broker.ts";
import { DELAY_MS } from "./plan.ts";
import type { Process } from "./process.ts";
import type { Simulation, Way } from "./simulation.ts";

export class Connection implements Consumer, CancelQueue {
  readonly name: string;
  readonly prefetch: number;
  open = true;
  private readonly sim: Simulation;
  private readonly process: Process;

  constructor(sim: Simulation, process: Process, name: string) {
    this.sim = sim;
    this.process = process;
    this.name = name;
    this.prefetch = sim.stage.prefetch;
  }

  deliver(delivery: Delivery): void {
    const { process } = this;
    const label = `job ${delivery.id}→${process.name}`;
    this.sim.later(this.wayIn("jobs", label, false), () => {
      process.wake(label);
      process.take(this, delivery);
    });
  }

  put(cancel: Cancel, id: string): void {
    const { process } = this;
    if (!process.hasCancelQueue) {
      process.report({ type: "cancel lost", cancel, reason: "its cancel queue is gone" });
      return;
    }
    const label = `cancel ${id}→${process.name}`;
    this.sim.later(this.wayIn("cancels", label, cancel.consumerId === process.name), () => {
      process.wake(label);
      process.hear(cancel);
    });
  }

  ack(delivery: Delivery): void {
    if (!this.open) return;
    this.sim.later(this.wayOut("acks", `ack ${delivery.id} ${this.name}`), () =>
      this.sim.broker.ack(this, delivery.tag),
    );
  }

  /** `onArrival` is called when the broker has it. */
  broadcast(cancel: Cancel, id: string, onArrival: () => void): void {
    this.sim.later(this.wayOut("broadcasts", `cancel ${id}`), () => {
      onArrival();
      this.sim.broker.fanOut(cancel, id);
    });
  }

  private wayIn(lane: string, label: string, prompt: boolean): Way {
    const extra = this.process.late ? DELAY_MS : 0;
    const ms = [1 + extra, this.sim.latencyMs + extra] as const;
    return { label, lane: `${lane} ${this.name}`, to: this.process, owner: this, ms, prompt };
  }

  private wayOut(lane: string, label: string): Way {
    return { label, lane: `${lane} ${this.name}`, owner: this, prompt: true };
  }
}
