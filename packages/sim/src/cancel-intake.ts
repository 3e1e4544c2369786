/**
 * A process's cancels on their way from the broker to its worker, and what the worker does after it has heard them: a step
 * that begins against a cancel is wasted work.
 */
import { type Chan, chan } from "@shirts/chan";
import { type Cancel, type Command, HeardCancels } from "@shirts/story";
import type { Process } from "./process.ts";
import type { Simulation } from "./simulation.ts";

/** More than any story holds, so a push never waits. */
const ROOM = 4096;

export class CancelIntake {
  readonly cancels: Chan<Cancel> = chan(ROOM);
  /** Steps that the worker began after a cancel that must have stopped them, each as a sentence. */
  readonly wasted: string[] = [];
  private readonly sim: Simulation;
  private readonly process: Process;
  private readonly heard: HeardCancels | undefined;

  constructor(sim: Simulation, process: Process) {
    this.sim = sim;
    this.process = process;
    const { stops } = sim.stage;
    this.heard = stops && new HeardCancels(stops);
  }

  /** A cancel has arrived. */
  take(cancel: Cancel): void {
    this.process.report({ type: "cancel received", cancel });
    this.cancels.trySend(cancel);
  }

  /** What the table says after a reconnect, as cancels. */
  catchUp(commands: readonly Command[]): void {
    const { world } = this.process;
    for (const { area, revision } of commands)
      this.cancels.trySend({ area, revision, consumerId: "the table", world });
  }

  /** The worker hears it: admission has let it pass. */
  hear(cancel: Cancel): void {
    if (cancel.consumerId !== this.process.name) this.heard?.hear(cancel, this.sim.now);
  }

  /** The worker begins a job of this area: it tells so with a cancel of its own. */
  beginJob({ area }: Cancel): void {
    this.heard?.begin(area);
  }

  /** The worker begins a step. In the millisecond of a cancel it may: that step is under way. */
  beginStep(command: Command, step: number): void {
    const heard = this.heard?.against(command);
    if (!heard || heard.at >= this.sim.now) return;
    const what = `step ${step + 1} of ${command.shirt.toUpperCase()} at ${this.sim.now} ms`;
    this.wasted.push(
      `${this.process.name} began ${what}, and had heard ${heard.cancel.consumerId}'s cancel at ${heard.at} ms`,
    );
  }
}
