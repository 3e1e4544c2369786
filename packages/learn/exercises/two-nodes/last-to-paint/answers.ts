import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "PURPLE begins, and BLUE passes": { moves: ["pace n1 1", "command 1", "pace n2 1", "pace n2 2"] },
    "they take turns": { moves: ["command 1", "pace n2 1", "pace n1 1", "pace n2 2"] },
  },
  wrong: {
    "nothing happens": { answer: { moves: [] }, says: /the story goes on/ },
    "it ends too early": { answer: { moves: ["command 1", "pace n2 1"] }, says: /the story goes on/ },
    "BLUE wins": { answer: { moves: ["pace n1 1", "pace n1 2"] }, says: /Everybody wears BLUE/ },
    "a move after the end": {
      answer: { moves: ["command 1", "pace n2 1", "pace n2 2", "wake n2"] },
      says: /the story is over/,
    },
    "an event that nobody knows": {
      answer: { moves: ["purple wins"] },
      says: /move 1, "purple wins", cannot happen/,
    },
    "an event that cannot come there": {
      answer: { moves: ["pace n2 2", "pace n2 1", "command 1"] },
      says: /cannot happen there/,
    },
    "a text": { answer: { moves: "PURPLE" as unknown as string[] }, says: /a list of texts/ },
  },
};
