import type { Answers } from "@shirts/learn/answers";

const given = { purplePaceMs: 30, bluePaceMs: 40, gapMs: 95 };
const blue = (bluePaceMs: number) => ({ story: { ...given, bluePaceMs } });

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "another pace": blue(12),
    "PURPLE is slower": { story: { ...given, purplePaceMs: 58 } },
    "another pair of paces": { story: { purplePaceMs: 100, bluePaceMs: 10, gapMs: 500 } },
  },
  wrong: {
    "the same pace": { answer: blue(30), says: /never overtakes/ },
    "a little faster": { answer: blue(20), says: /overtakes after 9 steps, too late/ },
    "much faster": { answer: blue(5), says: /overtakes after 3 steps, too early/ },
    "both at once": {
      answer: { story: { purplePaceMs: 30, bluePaceMs: 20, gapMs: 0 } },
      says: /from the first step on/,
    },
    "as given": { answer: { story: given }, says: /BBBBBBBBBB: BLUE comes last everywhere/ },
    "no number": { answer: blue(Number.NaN), says: /`bluePaceMs` is NaN/ },
    "before PURPLE": { answer: { story: { ...given, gapMs: -10 } }, says: /`gapMs` is -10/ },
  },
};
