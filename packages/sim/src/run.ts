/** Plays one story from one seed. The same stage, story and seed give the same trace, byte for byte, in every engine. */
import type { AreaVerdict, Command, TraceEvent } from "@shirts/story";
import { TimedQueue } from "./event-queue.ts";
import { inject, Nodes } from "./faults.ts";
import { type Broken, judge } from "./laws.ts";
import { acceptWithLock } from "./locks.ts";
import { checkStory, type Story } from "./plan.ts";
import { BOUNDS, type Bound, type Bounds, play } from "./play.ts";
import { type Mode, Simulation } from "./simulation.ts";
import type { Stage } from "./stages.ts";

/** How a story ended. */
export interface Outcome {
  readonly trace: readonly TraceEvent[];
  /** One entry per commanded area. */
  readonly verdict: readonly AreaVerdict[];
  readonly broken: Broken;
  /** Why the run was cut, if it was. */
  readonly bound: Bound;
  /** Every delay that was drawn, by name. */
  readonly delays: Readonly<Record<string, number>>;
  /** Virtual milliseconds. */
  readonly ms: number;
}

function timed(): Mode {
  let chances = 0;
  return {
    eventQueue: new TimedQueue(),
    exploring: false,
    chance(sim) {
      chances++;
      return sim.delay(`chance ${chances}`, 0, 999) / 1000;
    },
  };
}

/** The commands of a story with their revisions, which count from 1 in each area. */
export function commandsOf(story: Pick<Story, "commands">): Command[] {
  const revisions = new Map<string, number>();
  return story.commands.map(({ area, shirt }) => {
    const revision = (revisions.get(area) ?? 0) + 1;
    revisions.set(area, revision);
    return { area, shirt, revision };
  });
}

/** Plays a story to its end. One story plays at a time, so a second call waits for the first. Throws ImpossibleStoryError. */
export async function runStory(
  stage: Stage,
  story: Story,
  seed: number,
  bounds: Bounds = BOUNDS,
): Promise<Outcome> {
  checkStory(story);
  const { steps, latencyMs, delays = {} } = story;
  const sim = new Simulation({ stage, steps, seed, latencyMs, delays, mode: timed() });
  const nodes = new Nodes(sim);
  const president = new President(sim, commandsOf(story));
  sim.at(0, "start", () => {
    story.nodes.forEach(({ paceMs }, node) => {
      nodes.start(node, paceMs);
    });
  });
  story.commands.forEach(({ atMs }, index) => {
    sim.at(atMs, `command ${index}`, () => president.command(index));
  });
  for (const fault of story.faults) inject(sim, nodes, fault, (index) => president.publish(index));
  let open: string[] = [];
  const bound = await play(sim, bounds, () => {
    open = sim.broker.open.map(({ id }) => id);
    return true;
  });
  const broken = judge({ sim, open, bound });
  return { trace: sim.trace, verdict: sim.table.verdicts(), broken, bound, delays: sim.drawn, ms: sim.now };
}

/** Gives the commands: to the table, then to the broker. */
export class President {
  private readonly sim: Simulation;
  private readonly commands: readonly Command[];
  private readonly published: number[] = [];

  constructor(sim: Simulation, commands: readonly Command[]) {
    this.sim = sim;
    this.commands = commands;
  }

  /** The table accepts the command first, then it is published. */
  command(index: number): void {
    const command = this.commands[index] as Command;
    const accept = () => this.accept(command, index);
    if (this.sim.stage.locking) acceptWithLock(this.sim, command, accept);
    else accept();
  }

  private accept(command: Command, index: number): void {
    const { sim } = this;
    sim.table.accept(command);
    sim.report("president", { type: "commanded", command });
    if (sim.stage.sharesExchange) this.cancelByStranger(command, index);
    this.publish(index);
    // After the job: packages/amqp makes sure of the exchange before it broadcasts.
    if (sim.stage.announced) this.announce(command, index);
  }

  publish(index: number): void {
    const command = this.commands[index] as Command;
    const copies = this.published[index] ?? 0;
    this.published[index] = copies + 1;
    const id = `c${index + 1}${"'".repeat(copies)}`;
    this.sim.presidentSends(`publish ${id}`, () => this.sim.broker.publish(id, command));
  }

  /** A node of another stage takes its own copy of the command, and sends its cancel over the exchange that both stages use. */
  private cancelByStranger({ area }: Command, index: number): void {
    const id = `stranger!${index + 1}`;
    this.sim.later({ label: `cancel ${id}` }, () =>
      this.sim.broker.fanOut({ area, consumerId: "stranger" }, id),
    );
  }

  private announce({ area, revision }: Command, index: number): void {
    const id = `president!${index + 1}`;
    this.sim.presidentSends(`announce ${id}`, () =>
      this.sim.broker.fanOut({ area, revision, consumerId: "president" }, id),
    );
  }
}
