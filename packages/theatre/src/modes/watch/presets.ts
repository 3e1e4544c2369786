/** Stories that show what they say: a test plays each and holds it to its words. */
import type { Story } from "@shirts/sim";
import type { WatchState } from "./state.ts";

const NA = "north-america";
const PURPLE_THEN = (atMs: number): Story["commands"] => [
  { atMs: 0, area: NA, shirt: "purple" },
  { atMs, area: NA, shirt: "blue" },
];

const frozen: Story = {
  steps: 12,
  nodes: [{ paceMs: 16 }, { paceMs: 10 }],
  commands: PURPLE_THEN(70),
  faults: [{ kind: "pause", node: 0, atMs: 60, forMs: 160 }],
  latencyMs: 6,
};

const crossing: Story = {
  steps: 12,
  nodes: [{ paceMs: 20 }, { paceMs: 14 }],
  commands: PURPLE_THEN(8),
  faults: [],
  latencyMs: 20,
};

export const presets = {
  overtaken: {
    stages: ["v1", "v2"],
    story: {
      steps: 12,
      nodes: [{ paceMs: 20 }, { paceMs: 8 }],
      commands: PURPLE_THEN(60),
      faults: [],
      latencyMs: 5,
    },
    seed: 1,
  },
  crossing: { stages: ["v2", "v4"], story: crossing, seed: 1 },
  frozen: { stages: ["v3", "v4"], story: frozen, seed: 2 },
  fence: { stages: ["no-fence", "v4"], story: frozen, seed: 2 },
  lost: {
    stages: ["v2", "v4"],
    story: {
      steps: 12,
      nodes: [{ paceMs: 16 }, { paceMs: 10 }],
      commands: PURPLE_THEN(70),
      faults: [{ kind: "lost-cancel", node: 0, atMs: 60, forMs: 40 }],
      latencyMs: 6,
    },
    seed: 1,
  },
  alone: { stages: ["v3-fence", "v4"], story: crossing, seed: 1 },
  one: {
    stages: ["v1"],
    story: { steps: 12, nodes: [{ paceMs: 12 }], commands: PURPLE_THEN(60), faults: [], latencyMs: 5 },
    seed: 1,
  },
  million: {
    stages: ["v4"],
    story: {
      steps: 100,
      nodes: [14, 22, 9, 17, 11, 20, 8, 15, 12, 18].map((paceMs) => ({ paceMs })),
      commands: [
        { atMs: 0, area: NA, shirt: "purple" },
        { atMs: 20, area: "south-america", shirt: "green" },
        { atMs: 400, area: NA, shirt: "blue" },
        { atMs: 600, area: "south-america", shirt: "orange" },
        { atMs: 900, area: NA, shirt: "green" },
      ],
      faults: [
        { kind: "pause", node: 0, atMs: 380, forMs: 300 },
        { kind: "crash", node: 1, atMs: 700, forMs: 200 },
      ],
      latencyMs: 8,
    },
    seed: 1,
  },
} as const satisfies Record<string, WatchState>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];
