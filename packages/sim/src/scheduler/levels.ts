/**
 * The levels: small stories, and what may be late in each. Everything else arrives at once, so a level has one thing to find.
 * Two nodes, two people; the president commands PURPLE, then BLUE. PURPLE is the older command: it must not win.
 */
import type { ExplorableFault } from "../explore.ts";
import type { Schedule } from "../schedule-file.ts";
import { stageOf } from "../stages.ts";
import type { Late } from "./ways.ts";

export const levelIds = [
  "v1",
  "v2-cross",
  "v2-freeze",
  "v2-crash",
  "v3",
  "no-fence",
  "v3-fence",
  "v4",
] as const;

export type LevelId = (typeof levelIds)[number];

export interface Level {
  readonly id: LevelId;
  readonly stage: string;
  readonly fault?: ExplorableFault;
  /** What does not arrive at once: the player says when. */
  readonly late: readonly Late[];
  /** The fewest moves in which PURPLE wins; a test finds them again. Undefined: it cannot win. */
  readonly fewest: number | undefined;
}

export const levels: readonly Level[] = [
  { id: "v1", stage: "v1", late: [], fewest: 3 },
  { id: "v2-cross", stage: "v2", late: ["cancel"], fewest: 4 },
  { id: "v2-freeze", stage: "v2", fault: "pause", late: [], fewest: 5 },
  { id: "v2-crash", stage: "v2", fault: "crash", late: ["redelivery"], fewest: 5 },
  { id: "v3", stage: "v3", late: ["job"], fewest: 3 },
  { id: "no-fence", stage: "no-fence", late: ["statement"], fewest: 5 },
  { id: "v3-fence", stage: "v3-fence", late: ["cancel"], fewest: 4 },
  { id: "v4", stage: "v4", late: ["job", "redelivery", "cancel", "statement", "coin"], fewest: undefined },
];

/** A level's story, as the simulator takes it from a file. */
export function storyOf({ stage, fault }: Level): Omit<Schedule, "choices"> {
  const area = "north-america";
  return {
    stage,
    nodes: 2,
    steps: 2,
    commands: [
      { area, shirt: "purple" },
      { area, shirt: "blue" },
    ],
    ...(fault && { fault }),
  };
}

export function levelOf(id: string): Level | undefined {
  return levels.find((level) => level.id === id);
}

/** The same, as the simulator plays it. */
export function scheduled(level: Level) {
  const { commands, ...story } = storyOf(level);
  return {
    ...story,
    stage: stageOf(level.stage),
    commands: commands.map((command) => ({ atMs: 0, ...command })),
  };
}
