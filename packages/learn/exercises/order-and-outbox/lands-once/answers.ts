import type { Answers } from "@shirts/learn/answers";
import type { Command } from "@shirts/story";

let calls = 0;

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    JSON: { nameOf: ({ area, revision }: Command, step: number) => JSON.stringify([area, revision, step]) },
    "the shirt, too": {
      nameOf: ({ area, shirt, revision }: Command, step: number) => [area, shirt, revision, step].join("/"),
    },
  },
  wrong: {
    "the shirt in place of the revision": {
      answer: { nameOf: ({ area, shirt }: Command, step: number) => `${area} ${shirt} ${step}` },
      says: /PURPLE is commanded again/,
    },
    "no step": {
      answer: { nameOf: ({ area, revision }: Command) => `${area} ${revision}` },
      says: /different people/,
    },
    "no area": {
      answer: { nameOf: ({ revision }: Command, step: number) => `${revision} ${step}` },
      says: /two areas/,
    },
    "nothing between the numbers": {
      answer: { nameOf: ({ area, revision }: Command, step: number) => `${area} ${revision}${step}` },
      says: /put something between/,
    },
    "a new name each time": {
      answer: { nameOf: () => `${++calls}` },
      says: /comes twice, and has two names/,
    },
    "always the same": { answer: { nameOf: () => "step" }, says: /have one name, "step"/ },
    "the sum": {
      answer: { nameOf: ({ area, revision }: Command, step: number) => `${area} ${revision + step}` },
      says: /have one name/,
    },
    "the clock": { answer: { nameOf: ({ area }: Command) => `${area} ${++calls * 7}` }, says: /comes twice/ },
  },
};
