/** The president: the table accepts a command first, then it is published; and the relay, which sends again what is not done. */
import type { Command } from "@shirts/story";
import { acceptWithLock } from "./locks.ts";
import { type CommandPlan, RELAY_MS } from "./plan.ts";
import type { Simulation } from "./simulation.ts";

export class President {
  private readonly sim: Simulation;
  private readonly plans: readonly CommandPlan[];
  private readonly accepted: (Command | undefined)[] = [];
  private readonly published: number[] = [];
  /** Commands that the table has and the broker never got: the president died, or there was no queue. */
  private readonly leftBehind = new Set<number>();
  /** What the relay saw in its last round: the steps that were done of each unfinished command. */
  private seen = new Map<string, number>();
  private isRelaying = false;
  /** Between the death of a president and the next one, nobody relays. */
  private isAway = false;

  constructor(sim: Simulation, plans: readonly CommandPlan[]) {
    this.sim = sim;
    this.plans = plans;
  }

  /** A president gives this command. First it sends again what earlier ones have left behind. A doomed one dies before it publishes. */
  command(index: number, isDoomed = false): void {
    const { area } = this.plans[index] as CommandPlan;
    const give = () => this.give(index, isDoomed);
    if (this.sim.stage.locking) acceptWithLock(this.sim, { area, revision: index + 1 }, give);
    else give();
  }

  private give(index: number, isDoomed: boolean): void {
    const { sim } = this;
    const { area, shirt } = this.plans[index] as CommandPlan;
    const missed = [...this.leftBehind];
    const command = sim.table.accept(area, shirt);
    this.accepted[index] = command;
    sim.report("president", { type: "commanded", command });
    if (isDoomed) {
      this.leftBehind.add(index);
      sim.report("president", { type: "crashed", reason: "killed" });
      this.isAway = true;
      return;
    }
    this.isAway = false;
    for (const one of missed) this.send(one, true);
    if (sim.stage.sharesExchange) this.cancelByStranger(command, index);
    this.send(index, true);
    this.relaySoon();
  }

  /** After a death: the next president is there. */
  comesBack(): void {
    this.isAway = false;
    this.relaySoon();
  }

  /** A world was prepared: commands of before are void, and nobody sends them again. */
  forget(): void {
    this.leftBehind.clear();
    this.seen.clear();
  }

  /** Publishes a command that was given. Whoever gives a command declares the queue first. */
  publish(index: number, isDeclaring = false): void {
    const command = this.accepted[index];
    if (!command) return;
    const copies = this.published[index] ?? 0;
    this.published[index] = copies + 1;
    const id = `c${index + 1}${"'".repeat(copies)}`;
    this.sim.presidentSends(`publish ${id}`, () => {
      if (isDeclaring) this.sim.broker.hasQueue = true;
      if (this.sim.broker.publish(id, command)) this.leftBehind.delete(index);
      else this.leftBehind.add(index);
    });
  }

  private send(index: number, isDeclaring: boolean): void {
    this.publish(index, isDeclaring);
    // After the job: packages/amqp makes sure of the exchange before it broadcasts.
    if (this.sim.stage.announced) this.announce(index);
  }

  private announce(index: number): void {
    const { area, revision, world } = this.accepted[index] as Command;
    const id = `president!${index + 1}${"'".repeat((this.published[index] ?? 1) - 1)}`;
    this.sim.presidentSends(`announce ${id}`, () =>
      this.sim.broker.fanOut({ area, revision, consumerId: "president", world }, id),
    );
  }

  /** A node of another stage takes its own copy of the command, and sends its cancel over the exchange that both stages use. */
  private cancelByStranger({ area, world }: Command, index: number): void {
    const id = `stranger!${index + 1}`;
    this.sim.later({ label: `cancel ${id}` }, () =>
      this.sim.broker.fanOut({ area, consumerId: "stranger", world }, id),
    );
  }

  /** The relay looks every `RELAY_MS`, as long as a command is not finished. An exploration has no clock, and no relay. */
  private relaySoon(): void {
    const { sim } = this;
    if (!sim.stage.relays || sim.mode.exploring || this.isRelaying) return;
    this.isRelaying = true;
    sim.at(sim.now + RELAY_MS, `relay ${sim.now}`, () => {
      this.isRelaying = false;
      this.relay();
    });
  }

  /** Sends each area's newest command again, if it is not finished and has made no progress since the last round. */
  private relay(): void {
    if (this.isAway) return;
    const { table } = this.sim;
    const seen = new Map<string, number>();
    for (const command of table.unfinished()) {
      const name = `${command.area} ${command.revision}`;
      const done = table.resume(command);
      seen.set(name, done);
      const index = this.accepted.indexOf(command);
      if (this.seen.get(name) !== done || index < 0) continue;
      this.sim.report("president", { type: "sent again", command });
      this.send(index, false);
    }
    this.seen = seen;
    if (seen.size > 0) this.relaySoon();
  }
}
