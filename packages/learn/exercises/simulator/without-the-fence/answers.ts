import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "BLUE sends one more step before": {
      moves: [
        "pace n1 1",
        "command 1",
        "pace n2 1",
        "n2 sql 2 paint c2 0",
        "pace n2 2",
        "n1 sql 2 paint c1 0",
      ],
    },
    "the old step comes when BLUE is done": {
      moves: [
        "pace n1 1",
        "command 1",
        "pace n2 1",
        "n2 sql 2 paint c2 0",
        "pace n2 2",
        "n2 sql 3 paint c2 1",
      ],
    },
  },
  wrong: {
    "nothing happens": { answer: { moves: [] }, says: /the story goes on/ },
    "it ends too early": {
      answer: { moves: ["pace n1 1", "command 1", "pace n2 1", "n2 sql 2 paint c2 0"] },
      says: /the story goes on/,
    },
    "BLUE wins": {
      answer: { moves: ["pace n1 1", "command 1", "n1 sql 2 paint c1 0"] },
      says: /Everybody wears BLUE/,
    },
    "a move after the end": {
      answer: {
        moves: [
          "pace n1 1",
          "command 1",
          "pace n2 1",
          "n2 sql 2 paint c2 0",
          "n1 sql 2 paint c1 0",
          "wake n2",
        ],
      },
      says: /the story is over/,
    },
    "an event that nobody knows": {
      answer: { moves: ["purple wins"] },
      says: /move 1, "purple wins", cannot happen/,
    },
    "an event that cannot come there": {
      answer: {
        moves: ["n1 sql 2 paint c1 0", "n2 sql 2 paint c2 0", "pace n2 1", "command 1", "pace n1 1"],
      },
      says: /cannot happen there/,
    },
    "a text": { answer: { moves: "PURPLE" as unknown as string[] }, says: /a list of texts/ },
  },
};
