/** The scenes of the story, as data: how many nodes work at what pace, what the president commands when, and what to look at. */

import { shortly } from "@shirts/command-line";
import type { Area, Colour, Stage } from "@shirts/story";
import type { Flags } from "./flags.ts";

export interface Order {
  /** Milliseconds after the scene's first command. */
  readonly atMs: number;
  readonly area: Area;
  readonly shirt: Colour;
}

export interface Scene {
  readonly stage: Stage;
  /** A file in the place of the stage's worker.ts. */
  readonly worker?: string | undefined;
  readonly title: string;
  /** What is about to happen, one short sentence per line. */
  readonly before: readonly string[];
  /** One node process each: milliseconds per step. */
  readonly pacesMs: readonly number[];
  /** In the order of time. */
  readonly orders: readonly Order[];
  /** Freezes a node (SIGSTOP) and lets it go on (SIGCONT) when every job that others hold has been acked. */
  readonly freeze?: { readonly node: number; readonly atMs: number };
}

const purpleThenBlue = (afterMs: number): Order[] => [
  { atMs: 0, area: "north-america", shirt: "purple" },
  { atMs: afterMs, area: "north-america", shirt: "blue" },
];

const twoAreas: Order[] = [
  { atMs: 0, area: "north-america", shirt: "purple" },
  { atMs: 60, area: "south-america", shirt: "green" },
  { atMs: 1200, area: "north-america", shirt: "blue" },
  { atMs: 1260, area: "south-america", shirt: "orange" },
];

const frozen = { node: 0, atMs: 1000 };

const STORY: readonly Scene[] = [
  {
    stage: "v1",
    title: "v1, one node: right, and slow",
    before: ["One soldier. PURPLE first, and BLUE has to wait until he is back."],
    pacesMs: [16],
    orders: purpleThenBlue(800),
  },
  {
    stage: "v1",
    title: "v1, two nodes: faster, and wrong",
    before: ["Two soldiers, the second one faster. Watch the purple one after he is overtaken."],
    // BLUE gains 65 ms with every step, so it overtakes PURPLE 2600 / 65 = 40 steps from the start, however long the
    // table takes for a step. The wide gap keeps that true on a busy machine.
    pacesMs: [80, 15],
    orders: purpleThenBlue(2600),
  },
  {
    stage: "v2",
    title: "v2, two nodes, cancel by broadcast: right",
    before: ["A node that takes a job tells the others to stop. Equal pace."],
    pacesMs: [30, 30],
    orders: purpleThenBlue(1500),
  },
  {
    stage: "v2",
    title: "v2, two nodes, two areas, four commands: one routine per node",
    before: [
      "Both nodes are busy when the president changes his mind twice: the newer commands wait in the queue.",
    ],
    pacesMs: [30, 30],
    orders: twoAreas,
  },
  {
    stage: "v3",
    title: "v3, the same four commands: many routines per node",
    before: ["A node takes up to three jobs at once, so a newer command is heard at once."],
    pacesMs: [30, 30],
    orders: twoAreas,
  },
  {
    stage: "v3",
    title: "v3, one more thing: a node freezes, and wakes up too late",
    before: ["The node with PURPLE is frozen (SIGSTOP) while BLUE is painted. Then it goes on."],
    pacesMs: [60, 16],
    orders: purpleThenBlue(1500),
    freeze: frozen,
  },
  {
    stage: "v4",
    title: "v4, the same freeze, with a fence at the table",
    before: ["Every step is one statement: paint, but only if my command is still the newest."],
    pacesMs: [60, 16],
    orders: purpleThenBlue(1500),
    freeze: frozen,
  },
];

/** The scenes to play: the whole story, one stage's part of it, or one scene made of flags. */
export function scenesFor(flags: Flags): Scene[] {
  const { stage, worker, custom, speed } = flags;
  const ofStage = STORY.filter((scene) => stage === undefined || scene.stage === stage);
  const scenes = stage !== undefined && custom ? [customScene(stage, flags)] : ofStage;
  return scenes.map((scene) => faster(worker === undefined ? scene : ofWorker(scene, worker), speed));
}

function customScene(stage: Stage, { nodes, pacesMs, afterMs, shirts, area }: Flags): Scene {
  const paces = pacesMs ?? [36];
  const count = nodes ?? Math.max(paces.length, stage === "v1" ? 1 : 2);
  const last = paces.at(-1) ?? 36;
  return {
    stage,
    title: `${stage}, ${count} node${count === 1 ? "" : "s"}: a scene of your own`,
    before: [],
    pacesMs: Array.from({ length: count }, (_, node) => paces[node] ?? last),
    orders: shirts.map((shirt, index) => ({ atMs: index * (afterMs ?? 1500), area, shirt })),
  };
}

function ofWorker(scene: Scene, worker: string): Scene {
  return {
    ...scene,
    worker,
    title: `${shortly(worker)} in the place of ${scene.stage}'s worker: ${scene.title}`,
  };
}

function faster(scene: Scene, speed: number): Scene {
  return {
    ...scene,
    pacesMs: scene.pacesMs.map((pace) => Math.round(pace / speed)),
    orders: scene.orders.map((order) => ({ ...order, atMs: Math.round(order.atMs / speed) })),
    ...(scene.freeze && { freeze: { ...scene.freeze, atMs: Math.round(scene.freeze.atMs / speed) } }),
  };
}
