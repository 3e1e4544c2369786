import type { Answers } from "@shirts/learn/answers";

const all = Array.from({ length: 10 }, (_, i) => i + 1);

export const answers: Answers<Pick<typeof import("./given.ts"), "old">> = {
  right: {
    "in another order": { old: [8, 3, 7] },
    "worked out": {
      old: all.filter((n) => {
        const dyedAt = (n - 1) * 100 + 40;
        return (dyedAt > 200 && dyedAt < 250) || (dyedAt > 600 && dyedAt < 750);
      }),
    },
  },
  wrong: {
    "no shirt": {
      answer: { old: [] },
      says: /shirt 3 is old.*ordered at 200 ms and dyed at 240 ms.*at 0 ms/,
    },
    "all shirts": { answer: { old: all }, says: /shirt 1 is not old/ },
    "all from the first change on": { answer: { old: all.slice(2) }, says: /shirt 4 is not old.*at 250 ms/ },
    "only the first ones": { answer: { old: [3, 7] }, says: /shirt 8 is old.*dyed at 740 ms.*500 ms/ },
    "the last ones before a change": { answer: { old: [2, 6] }, says: /shirt 2 is not old/ },
    "shirt 4 too": { answer: { old: [3, 4, 7, 8] }, says: /shirt 4 is not old/ },
    "a shirt that nobody ordered": { answer: { old: [3, 7, 8, 11] }, says: /no shirt 11/ },
    "how many": { answer: { old: 3 as unknown as number[] }, says: /should be a list/ },
  },
};
