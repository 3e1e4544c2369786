import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "it wakes up when all is over": {
      moves: ["pause n1", "command 0", "command 1", "wake n1", "job c1.1→n1", "pace n1 1", "pace n1 2"],
    },
    "it freezes between two steps": {
      moves: [
        "command 0",
        "pause n1",
        "command 1",
        "pace n2 1",
        "wake n1",
        "pace n1 1",
        "pace n2 2",
        "pace n1 2",
      ],
    },
  },
  wrong: {
    "nothing happens": { answer: { moves: [] }, says: /the story goes on/ },
    "it ends too early": {
      answer: { moves: ["pause n1", "command 0", "wake n1", "command 1"] },
      says: /the story goes on/,
    },
    "BLUE wins": { answer: { moves: ["pause n2", "wake n2", "command 1"] }, says: /Everybody wears BLUE/ },
    "a move after the end": {
      answer: { moves: ["pause n1", "command 0", "wake n1", "command 1", "job c1.1→n1", "wake n2"] },
      says: /the story is over/,
    },
    "an event that nobody knows": {
      answer: { moves: ["purple wins"] },
      says: /move 1, "purple wins", cannot happen/,
    },
    "an event that cannot come there": {
      answer: { moves: ["job c1.1→n1", "command 1", "wake n1", "command 0", "pause n1"] },
      says: /cannot happen there/,
    },
    "a text": { answer: { moves: "PURPLE" as unknown as string[] }, says: /a list of texts/ },
  },
};
