import type { Answers } from "@shirts/learn/answers";

type Endings = typeof import("./given.ts");
const right = { crossing: "..........", lost: "BBBBPPPPPP", late: "BBBBPPBBBB" };
const but = (some: Partial<typeof right>): Endings => ({ endings: { ...right, ...some } });

export const answers: Answers<Endings> = {
  right: {
    "small letters": { endings: { crossing: "..........", lost: "bbbbpppppp", late: "bbbbppbbbb" } },
    "worked out": {
      endings: {
        crossing: ".".repeat(10),
        lost: "B".repeat(4) + "P".repeat(6),
        late: Array.from({ length: 10 }, (_, i) =>
          30 * (i + 1) < 195 && 95 + 10 * (i + 1) < 30 * (i + 1) ? "P" : "B",
        ).join(""),
      },
    },
  },
  wrong: {
    "BLUE wins the crossing": {
      answer: but({ crossing: "BBBBBBBBBB" }),
      says: /`crossing` ends in another way.*only at the sender/,
    },
    "PURPLE wins the crossing": { answer: but({ crossing: "PPPPPPPPPP" }), says: /`crossing`/ },
    "a lost cancel does no harm": {
      answer: but({ lost: "BBBBBBBBBB" }),
      says: /`lost` ends in another way.*as in v1/,
    },
    "a late cancel is no cancel": {
      answer: but({ late: "BBBBPPPPPP" }),
      says: /`late` ends in another way.*at 195 ms/,
    },
    "a late cancel does no harm": { answer: but({ late: "BBBBBBBBBB" }), says: /`late`/ },
    "one stale step": { answer: but({ late: "BBBBBPBBBB" }), says: /`late`/ },
    nothing: { answer: but({ crossing: "" }), says: /`crossing` has 0 letters/ },
  },
};
