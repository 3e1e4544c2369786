/** The story: what the simulator's workers do, which are the stages' own. */
import { type Fault, find, SHAPE, type Story, shrink, stageOf } from "@shirts/sim";
import { storyScene } from "../story-scene.ts";

const AREA = "north-america";

/** PURPLE at once and BLUE after `gapMs`, on nodes of these paces. */
function story(
  paces: readonly number[],
  gapMs: number,
  faults: readonly Fault[] = [],
  more: Partial<Story> = {},
): Story {
  return {
    steps: 12,
    latencyMs: 2,
    nodes: paces.map((paceMs) => ({ paceMs })),
    commands: [
      { atMs: 0, area: AREA, shirt: "purple" },
      { atMs: gapMs, area: AREA, shirt: "blue" },
    ],
    faults,
    ...more,
  };
}

export const oneNode = () =>
  storyScene(
    {
      title: "v1, one node: one job after the other",
      alt: "One node paints PURPLE to the end and only then takes BLUE. Everybody wears BLUE in the end.",
    },
    stageOf("v1"),
    story([10], 40),
  );

export const overtaken = () =>
  storyScene(
    {
      title: "v1, two nodes: BLUE overtakes PURPLE, and PURPLE paints over BLUE",
      alt: "A slow node paints PURPLE, a fast one BLUE. BLUE overtakes, and the rest of PURPLE's walk covers it for good.",
    },
    stageOf("v1"),
    story([20, 8], 60),
  );

export const cancelled = () =>
  storyScene(
    {
      title: "v2: the node of BLUE tells all nodes, and PURPLE stops",
      alt: "When BLUE is taken, its node broadcasts a cancel. The node of PURPLE hears it and stops. All wear BLUE.",
    },
    stageOf("v2"),
    story([20, 8], 60),
  );

export const lateCancel = () =>
  storyScene(
    {
      title: "v2: the cancel comes too late, and a step lands after it was sent",
      alt: "The cancel is slow. PURPLE's node paints on behind BLUE until it hears it, and those people stay PURPLE.",
    },
    stageOf("v2"),
    story([20, 2], 60, [{ kind: "delay", node: 0, atMs: 50, forMs: 200 }]),
  );

export const manyRoutines = () =>
  storyScene(
    {
      title: "v3: many routines in each node, and the same cancel",
      alt: "A node runs several jobs at once. The cancel stops the routine of PURPLE, also in the node that took BLUE.",
    },
    stageOf("v3"),
    story([16], 60),
  );

export const frozen = () =>
  storyScene(
    {
      title: "v3: a node is frozen, wakes up, and paints before it hears the cancel",
      alt: "The node of PURPLE is frozen while BLUE is painted. It wakes up in the middle of a step, and that step lands: one person is PURPLE for good.",
    },
    stageOf("v3"),
    story([20, 2], 50, [{ kind: "pause", node: 0, atMs: 52, forMs: 38 }]),
  );

export const fenced = () =>
  storyScene(
    {
      title: "v4: the same freeze, and the table refuses the late step",
      alt: "The node of PURPLE wakes up and paints, and the table refuses: its revision is not the newest. All wear BLUE.",
    },
    stageOf("v4"),
    story([20, 2], 50, [{ kind: "pause", node: 0, atMs: 52, forMs: 38 }]),
  );

export const crashed = () =>
  storyScene(
    {
      title: "v1: a node dies, and the broker gives its job again",
      alt: "n1 dies in the middle of its walk. It has not acked, so the job goes to n2, which walks from the beginning.",
    },
    stageOf("v1"),
    {
      ...story([12, 12], 0, [{ kind: "crash", node: 0, atMs: 60, forMs: 60 }]),
      commands: [{ atMs: 0, area: AREA, shirt: "purple" }],
    },
  );

export const outbox = () =>
  storyScene(
    {
      title: "v4: the president dies between the table and the broker",
      alt: "BLUE is in the table, and from that moment PURPLE is refused. The president dies before it is published; a relay finds it in the outbox and sends it.",
    },
    stageOf("v4"),
    story([8], 40, [{ kind: "president-death", command: 1, atMs: 60 }]),
  );

export const superseded = () =>
  storyScene(
    {
      title: "v4: an old job comes once more, and nobody walks for it",
      alt: "PURPLE is delivered a second time while BLUE is painted. The node knows a newer revision and acks it at once.",
    },
    stageOf("v4"),
    story([12, 12], 40, [{ kind: "duplicate", command: 0, atMs: 110 }]),
  );

/** What the simulator finds in v2 by itself, and makes small. */
export async function found() {
  const stage = stageOf("v2");
  const first = await find({ stage, shape: SHAPE, seeds: 1000, law: "last command wins" });
  if (!first) throw new Error("v2 broke no law in 1000 seeds");
  const { story: small } = await shrink(stage, SHAPE, first);
  return storyScene(
    {
      title: `Seed ${first.seed}, made small: PURPLE wins in v2`,
      alt: "The smallest story that the simulator found for v2 in which the last command does not win.",
    },
    stage,
    small,
    first.seed,
  );
}
