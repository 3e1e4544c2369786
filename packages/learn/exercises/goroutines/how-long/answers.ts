import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "seconds">> = {
  right: {
    "one second, and then the rest": {
      seconds: function seconds(generations): number {
        return generations === 1 ? 1 : 1 + seconds(generations - 1);
      },
    },
    "it counts generations until no worker is left": {
      seconds(generations) {
        let [seconds, left] = [0, generations];
        while (left-- > 0) seconds++;
        return seconds;
      },
    },
  },
  wrong: {
    "a second for each worker": {
      answer: {
        seconds: function workers(generations, children): number {
          return generations === 0 ? 0 : 1 + children * workers(generations - 1, children);
        },
      },
      says: /generations 3, children 2: you say 7 s, and it takes 3 s\. Number of workers: 7/,
    },
    "a second for each child of each generation": {
      answer: { seconds: (generations, children) => generations * children },
      says: /you say 2 s, and it takes 1 s/,
    },
    "all of them at once": {
      answer: { seconds: () => 1 },
      says: /you say 1 s, and it takes 3 s/,
    },
    "the chapter's number": {
      answer: { seconds: () => 3 },
      says: /generations 1, children 2: you say 3 s/,
    },
    "the first generation takes no time": {
      answer: { seconds: (generations) => generations - 1 },
      says: /you say 0 s, and it takes 1 s/,
    },
    "the size of the last generation": {
      answer: { seconds: (generations, children) => children ** (generations - 1) },
      says: /you say 4 s, and it takes 3 s/,
    },
    "the deeper the slower": {
      answer: { seconds: (generations, children) => Math.max(generations, children) },
      says: /you say 2 s, and it takes 1 s/,
    },
  },
};
