/** The scenes of the story, as data: how many nodes work at what pace, what the president commands when, and what to look at. */
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
  readonly title: string;
  /** What is about to happen, one short sentence per line. */
  readonly before: readonly string[];
  /** What the learner has just seen, by verdict. */
  readonly after: { readonly right: string; readonly wrong: string };
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
    after: {
      right:
        "Right: a queue with one worker keeps the order. But every step of PURPLE was walked for nothing.",
      wrong: "Wrong, and that is news: one worker on one queue should keep the order. Please tell us.",
    },
    pacesMs: [16],
    orders: purpleThenBlue(800),
  },
  {
    stage: "v1",
    title: "v1, two nodes: faster, and wrong",
    before: ["Two soldiers, the second one faster. Watch the purple one after he is overtaken."],
    after: {
      right: "Right this time: nobody was overtaken. Another pace, and it is wrong.",
      wrong: "BLUE is the newest command, both jobs are done, and nothing will ever repair this.",
    },
    // BLUE gains 65 ms with every step, so it overtakes PURPLE 2600 / 65 = 40 steps from the start, however long the
    // table takes for a step. The wide gap keeps that true on a busy machine.
    pacesMs: [80, 15],
    orders: purpleThenBlue(2600),
  },
  {
    stage: "v2",
    title: "v2, two nodes, cancel by broadcast: right",
    before: ["A node that takes a job tells the others to stop. Equal pace."],
    after: {
      right: "The cancel stopped PURPLE at once: right, and with little work wasted.",
      wrong: "Even with the cancel it went wrong: a broadcast can come too late.",
    },
    pacesMs: [30, 30],
    orders: purpleThenBlue(1500),
  },
  {
    stage: "v2",
    title: "v2, two nodes, two areas, four commands: one routine per node",
    before: [
      "Both nodes are busy when the president changes his mind twice: the newer commands wait in the queue.",
    ],
    after: {
      right: "Right, but nobody was told before a node was free to take the newer job.",
      wrong: "Wrong: the newer commands waited, and then met the older ones.",
    },
    pacesMs: [30, 30],
    orders: twoAreas,
  },
  {
    stage: "v3",
    title: "v3, the same four commands: many routines per node",
    before: ["A node takes up to three jobs at once, so a newer command is heard at once."],
    after: {
      right: "Right, and sooner than v2: nothing newer waited behind something older.",
      wrong: "Wrong: two cancels or a late step met. v3 narrows the race; it does not close it.",
    },
    pacesMs: [30, 30],
    orders: twoAreas,
  },
  {
    stage: "v3",
    title: "v3, one more thing: a node freezes, and wakes up too late",
    before: ["The node with PURPLE is frozen (SIGSTOP) while BLUE is painted. Then it goes on."],
    after: {
      right: "Right this time: the frozen node heard its cancel before its next step. That was luck.",
      wrong:
        "The frozen node woke up and painted before it heard the cancel. It can always happen: v3 asks nobody.",
    },
    pacesMs: [60, 16],
    orders: purpleThenBlue(1500),
    freeze: frozen,
  },
  {
    stage: "v4",
    title: "v4, the same freeze, with a fence at the table",
    before: ["Every step is one statement: paint, but only if my command is still the newest."],
    after: {
      right: "A step that comes too late is refused where the data is written.",
      wrong: "Wrong, and that must never happen in v4. Please tell us, with the output of --json.",
    },
    pacesMs: [60, 16],
    orders: purpleThenBlue(1500),
    freeze: frozen,
  },
];

/** The scenes to play: the whole story, one stage's part of it, or one scene made of flags. */
export function scenesFor(flags: Flags): Scene[] {
  const { stage, custom, speed } = flags;
  const ofStage = STORY.filter((scene) => stage === undefined || scene.stage === stage);
  const scenes = stage !== undefined && custom ? [customScene(stage, flags)] : ofStage;
  return scenes.map((scene) => faster(scene, speed));
}

function customScene(stage: Stage, { nodes, pacesMs, afterMs, shirts, area }: Flags): Scene {
  const paces = pacesMs ?? [36];
  const count = nodes ?? Math.max(paces.length, stage === "v1" ? 1 : 2);
  const last = paces.at(-1) ?? 36;
  return {
    stage,
    title: `${stage}, ${count} node${count === 1 ? "" : "s"}: a scene of your own`,
    before: [],
    after: { right: "Right, this time.", wrong: "Wrong, for good." },
    pacesMs: Array.from({ length: count }, (_, node) => paces[node] ?? last),
    orders: shirts.map((shirt, index) => ({ atMs: index * (afterMs ?? 1500), area, shirt })),
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
