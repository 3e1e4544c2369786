/** Plays one story from one seed. The same stage, story and seed give the same trace, byte for byte, in every engine. */
import type { AreaVerdict, TraceEvent } from "@shirts/story";
import { TimedQueue } from "./event-queue.ts";
import { inject } from "./faults.ts";
import { type Broken, judge } from "./laws.ts";
import { Nodes } from "./nodes.ts";
import { checkStory, type Story } from "./plan.ts";
import { BOUNDS, type Bound, type Bounds, play } from "./play.ts";
import { President } from "./president.ts";
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
  const president = new President(sim, story.commands);
  sim.at(0, "start", () => {
    story.nodes.forEach(({ paceMs }, node) => {
      nodes.start(node, paceMs);
    });
  });
  const isDoomed = (index: number) =>
    story.faults.some((fault) => fault.kind === "president-death" && fault.command === index);
  story.commands.forEach(({ atMs }, index) => {
    sim.at(atMs, `command ${index}`, () => president.command(index, isDoomed(index)));
  });
  for (const fault of story.faults) inject({ sim, nodes, president }, fault);
  let open: string[] = [];
  const bound = await play(sim, bounds, () => {
    open = sim.broker.open.map(({ id }) => id);
    return true;
  });
  const broken = judge({ sim, open, bound });
  return { trace: sim.trace, verdict: sim.table.verdicts(), broken, bound, delays: sim.drawn, ms: sim.now };
}
