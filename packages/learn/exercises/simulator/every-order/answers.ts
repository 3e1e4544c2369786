import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<{ moves: readonly string[]; orders: number }> = {
  right: {
    "the number in digits": { moves: [], orders: 6930381 },
    "the number as a sum": { moves: [], orders: 6_930_000 + 381 },
  },
  wrong: {
    "nothing was counted": { answer: { moves: [], orders: 0 }, says: /nothing was counted/ },
    "the one that was tried": { answer: { moves: [], orders: 1 }, says: /1 orders are not all/ },
    "v1's number": { answer: { moves: [], orders: 462 }, says: /not all of them/ },
    "one is missing": { answer: { moves: [], orders: 6_930_380 }, says: /no proof/ },
    "for ever": { answer: { moves: [], orders: Number.POSITIVE_INFINITY }, says: /not all of them/ },
    "a story that does not end": {
      answer: { moves: ["command 1"], orders: 6_930_381 },
      says: /the story goes on/,
    },
    "a story that cannot be": { answer: { moves: ["purple wins"], orders: 0 }, says: /cannot happen there/ },
  },
};
