import type { Answers } from "@shirts/learn/answers";
import type { stampOf } from "./given.ts";

type Write = Parameters<typeof stampOf>[0];

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "in thousands": { stampOf: ({ command: { revision } }: Write) => revision * 1000 },
    "from below": { stampOf: ({ command: { revision } }: Write) => -1 / revision },
    "the clock as a small part of it": {
      stampOf: ({ command: { revision }, clockMs: ms }: Write) => revision + (ms % 1000) / 1001,
    },
  },
  wrong: {
    "always the same": { answer: { stampOf: () => 1 }, says: /BLUE overtakes.*a write of PURPLE/ },
    "the clock backwards": {
      answer: { stampOf: ({ clockMs: ms }: Write) => -ms },
      says: /BLUE walks behind|BLUE overtakes/,
    },
    "the older one wins": {
      answer: { stampOf: ({ command: { revision } }: Write) => -revision },
      says: /the bar reads G/,
    },
    "the first letter of the shirt": {
      answer: { stampOf: ({ command: { shirt } }: Write) => shirt.charCodeAt(0) },
      says: /the bar reads P/,
    },
    "revision and clock together": {
      answer: { stampOf: ({ command: { revision }, clockMs: ms }: Write) => revision + ms },
      says: /the bar reads B*P/,
    },
    "blue is higher": {
      answer: { stampOf: ({ command: { shirt } }: Write) => (shirt === "blue" ? 1 : 0) },
      says: /PURPLE overtakes, and BLUE comes by last, and the bar reads B+: a write of BLUE/,
    },
    "revision and the machine's clock": {
      answer: { stampOf: ({ command: { revision } }: Write) => Date.now() + revision },
      says: /a write of PURPLE had a stamp that was not lower/,
    },
    "no number": { answer: { stampOf: () => Number.NaN }, says: /the bar reads/ },
  },
};
