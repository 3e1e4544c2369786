/** Stories that show what they say: a test plays each and holds it to its words. */
import type { Story } from "@shirts/sim";
import type { WatchState } from "./state.ts";

const NA = "north-america";
const PURPLE_THEN = (atMs: number): Story["commands"] => [
  { atMs: 0, area: NA, shirt: "purple" },
  { atMs, area: NA, shirt: "blue" },
];

const frozen: Story = {
  steps: 8,
  nodes: [{ paceMs: 18 }, { paceMs: 2 }],
  commands: PURPLE_THEN(80),
  // Longer than the broker waits for a heartbeat, so PURPLE goes to n2 when BLUE is there already.
  faults: [{ kind: "pause", node: 0, atMs: 78, forMs: 60 }],
  latencyMs: 2,
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
  frozen: { stages: ["v3", "v4"], story: frozen, seed: 1 },
  fence: { stages: ["no-fence", "v4"], story: frozen, seed: 1 },
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
        { atMs: 150, area: "south-america", shirt: "green" },
        { atMs: 450, area: NA, shirt: "blue" },
        { atMs: 700, area: "south-america", shirt: "orange" },
        { atMs: 1000, area: NA, shirt: "green" },
        { atMs: 1200, area: "south-america", shirt: "purple" },
        { atMs: 1600, area: NA, shirt: "orange" },
      ],
      faults: [
        { kind: "pause", node: 0, atMs: 430, forMs: 400 },
        { kind: "crash", node: 1, atMs: 560, forMs: 300 },
        { kind: "disconnect", node: 4, atMs: 1100, forMs: 150 },
      ],
      latencyMs: 8,
    },
    seed: 1,
  },
} as const satisfies Record<string, WatchState>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];

/** The preset whose story this is, at whatever moment; undefined: a story of one's own. */
export function presetOf(state: WatchState | undefined): PresetName | undefined {
  return state && presetNames.find((name) => isSame(contentOf(presets[name]), contentOf(state)));
}

const contentOf = ({ stages, story, seed }: WatchState): unknown => ({ stages, story, seed });

/** A story from a link has the same fields in another order. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return one === other;
  const [a, b] = [Object.entries(one), new Map(Object.entries(other))];
  return a.length === b.size && a.every(([key, value]) => isSame(value, b.get(key)));
}
