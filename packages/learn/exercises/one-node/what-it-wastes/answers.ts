import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<{
  readonly stale: number;
  readonly wasted: number;
  readonly blueAtMs: number;
}> = {
  right: {
    "worked out": { stale: 10 - Math.floor(50 / 20), wasted: 10, blueAtMs: (10 + 10) * 20 },
    counted: {
      stale: Array.from({ length: 10 }, (_, i) => 20 * (i + 1)).filter((ms) => ms > 50).length,
      wasted: Array.from({ length: 10 }).length,
      blueAtMs: 200 + 200,
    },
  },
  wrong: {
    "as if v1 stopped at once": {
      answer: { stale: 0, wasted: 2, blueAtMs: 250 },
      says: /`stale` is not 0.*hears nothing/,
    },
    "one too many": { answer: { stale: 9, wasted: 10, blueAtMs: 400 }, says: /`stale` is not 9/ },
    "only the stale ones are wasted": {
      answer: { stale: 8, wasted: 8, blueAtMs: 400 },
      says: /`wasted` is not 8.*landed before 50/,
    },
    "side by side": {
      answer: { stale: 8, wasted: 10, blueAtMs: 250 },
      says: /`blueAtMs` is not 250.*waits until PURPLE/,
    },
    "a pause in between": { answer: { stale: 8, wasted: 10, blueAtMs: 450 }, says: /`blueAtMs`/ },
    text: {
      answer: { stale: "8" as unknown as number, wasted: 10, blueAtMs: 400 },
      says: /`stale` is not "8"/,
    },
  },
};
