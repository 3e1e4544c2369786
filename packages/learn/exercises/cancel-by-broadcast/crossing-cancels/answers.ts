import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "PURPLE walks to its end": { moves: ["command 1", "cancel n1!1→n2", "pace n1 1", "pace n1 2"] },
    "BLUE is stopped at its first step": { moves: ["pace n1 1", "pace n1 2", "command 1", "cancel n1!1→n2"] },
  },
  wrong: {
    "nothing happens": { answer: { moves: [] }, says: /the story goes on/ },
    "it ends too early": {
      answer: { moves: ["command 1", "cancel n1!1→n2", "pace n1 1"] },
      says: /the story goes on/,
    },
    "BLUE wins": {
      answer: { moves: ["cancel n1!1→n2", "command 1", "cancel n2!1→n1"] },
      says: /Everybody wears BLUE/,
    },
    "a move after the end": {
      answer: { moves: ["command 1", "cancel n1!1→n2", "pace n1 1", "cancel n2!1→n1", "wake n2"] },
      says: /the story is over/,
    },
    "an event that nobody knows": {
      answer: { moves: ["purple wins"] },
      says: /move 1, "purple wins", cannot happen/,
    },
    "an event that cannot come there": {
      answer: { moves: ["cancel n2!1→n1", "pace n1 1", "cancel n1!1→n2", "command 1"] },
      says: /cannot happen there/,
    },
    "both stop": {
      answer: { moves: ["command 1", "cancel n1!1→n2", "cancel n2!1→n1"] },
      says: /nobody wears it/,
    },
    "a text": { answer: { moves: "PURPLE" as unknown as string[] }, says: /a list of texts/ },
  },
};
