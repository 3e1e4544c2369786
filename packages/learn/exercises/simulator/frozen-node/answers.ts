import type { Answers } from "@shirts/learn/answers";
import { story } from "./given.ts";

type Module = typeof import("./given.ts");
const at = (atMs: number, forMs: number): Module => ({ freeze: { atMs, forMs }, story });

export const answers: Answers<Module> = {
  right: { longer: at(31, 40), "a little earlier": at(30, 30) },
  wrong: {
    "not at all": { answer: at(0, 0), says: /nothing has happened while it slept/ },
    "before the first step": { answer: at(1, 10), says: /wakes up at 11 ms/ },
    "when all is over": { answer: at(2000, 100), says: /everybody wears BLUE/ },
    "too short": { answer: at(31, 1), says: /everybody wears BLUE/ },
    "no number": { answer: at(Number.NaN, 10), says: /`atMs` is NaN/ },
    "a negative length": { answer: at(31, -5), says: /`forMs` is -5/ },
    "very long": { answer: at(31, 60_000), says: /`forMs` is 60000/ },
  },
};
