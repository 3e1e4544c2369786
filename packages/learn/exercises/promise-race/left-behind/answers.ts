import type { Answers } from "@shirts/learn/answers";

type Module = Pick<typeof import("./given.ts"), "leftBehind">;

const none = (): number => 0;
const one = (): number => 1;
const each = (turns: number): number => turns;

export const answers: Answers<Module> = {
  right: {
    "kept: at most one": {
      leftBehind: { race: (turns) => turns, keep: (turns) => Math.min(turns, 1), select: none },
    },
    "each turn is counted": {
      leftBehind: {
        race(turns) {
          let asks = 0;
          while (asks < turns) asks++;
          return asks;
        },
        keep: (turns) => (turns > 0 ? 1 : 0),
        select: (turns) => turns - turns,
      },
    },
  },
  wrong: {
    "a race takes its questions back": {
      answer: { leftBehind: { race: none, keep: one, select: none } },
      says: /race, turns 1: you say 0, and there are 1: each turn asks both chans anew/,
    },
    "a race leaves one": {
      answer: { leftBehind: { race: one, keep: one, select: none } },
      says: /race, turns 2: you say 1, and there are 2/,
    },
    "kept losers pile up": {
      answer: { leftBehind: { race: each, keep: each, select: none } },
      says: /keep, turns 2: you say 2, and there are 1: the loser is asked once/,
    },
    "a kept loser is none": {
      answer: { leftBehind: { race: each, keep: none, select: none } },
      says: /keep, turns 1: you say 0, and there are 1/,
    },
    "a select leaves its last question": {
      answer: { leftBehind: { race: each, keep: one, select: one } },
      says: /select, turns 1: you say 1, and there are 0: the case that loses leaves the queue/,
    },
    "both questions of each turn": {
      answer: { leftBehind: { race: (turns) => 2 * turns, keep: one, select: none } },
      says: /race, turns 1: you say 2, and there are 1/,
    },
    "the last turn does not count": {
      answer: { leftBehind: { race: (turns) => turns - 1, keep: one, select: none } },
      says: /race, turns 1: you say 0/,
    },
  },
};
