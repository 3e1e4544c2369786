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
  /** How many consumers it has had: one, and one more each time that the broker has cancelled it. */
  consumers = 0;
  private readonly sim: Simulation;
  private readonly process: Process;

  constructor(sim: Simulation, process: Process, name: string) {
    this.sim = sim;
    this.process = process;
    this.name = name;
    this.prefetch = sim.stage.prefetch;
  }

  consume(): void {
    this.consumers++;
    this.sim.broker.consume(this);
  }

  deliver(delivery: Delivery): void {
    const { process } = this;
    const label = `job ${delivery.id}→${process.name}`;
    this.sim.later(this.wayIn("jobs", label, false), () => {
      process.wake(label);
      process.intake.take(this, delivery);
    });
  }

  /** Ends the consumer. Calls `stopped` when the broker has agreed. */
  stop(stopped: () => void): void {
    this.sim.later(this.wayOut("acks", `stop ${this.name}`), () => {
      this.sim.broker.stop(this);
      this.sim.later(this.wayIn("jobs", `stopped ${this.name}`, true), stopped);
    });
  }

  /** Ends the connection, after what is on its way out. */
  close(): void {
    this.sim.later(this.wayOut("acks", `close ${this.name}`), () => {
      this.sim.broker.unbind(this);
      this.sim.broker.leave(this);
    });
  }

  /** The queue is gone. When the process hears that, it declares the queue again and consumes anew. */
  cancelled(): void {
    const { process } = this;
    const label = `queue gone ${this.name}/${this.consumers}`;
    this.sim.later(this.wayIn("jobs", label, true), () => {
      // A process that was paused reads it after its connection is gone.
      if (!this.open) return;
      this.consumers++;
      process.wake(label);
      process.intake.lost();
      if (!process.intake.isStopping) this.sim.broker.consume(this);
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
      process.hearing.take(cancel);
    });
  }

  ack(delivery: Delivery): void {
    this.settle("ack", delivery, () => this.sim.broker.ack(this, delivery.tag));
  }

  giveBack(delivery: Delivery): void {
    this.settle("nack", delivery, () => this.sim.broker.giveBack(this, delivery));
  }

  deadLetter(delivery: Delivery): void {
    this.settle("dead-letter", delivery, () => this.sim.broker.deadLetter(this, delivery));
  }

  private settle(how: string, { id }: Delivery, arrive: () => void): void {
    if (this.open) this.sim.later(this.wayOut("acks", `${how} ${id} ${this.name}`), arrive);
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
