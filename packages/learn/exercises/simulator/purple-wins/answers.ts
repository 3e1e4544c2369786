import type { Answers } from "@shirts/learn/answers";
import { story as given } from "./given.ts";

type Module = typeof import("./given.ts");
const late = (ms: number): Module => ({ story: { ...given, delays: { "cancel n2!1→n1": ms } } });
const but = (some: Partial<Module["story"]>): Module => ({ story: { ...given, ...some } });

export const answers: Answers<Module> = {
  right: { "100 ms": late(100), "a second": late(1000) },
  wrong: {
    "as given": { answer: late(2), says: /v2 is right in this story/ },
    "a little later": { answer: late(5), says: /v2 is right in this story/ },
    "a fault": {
      answer: but({ faults: [{ kind: "lost-cancel", node: 0, atMs: 0, forMs: 100 }] }),
      says: /a fault in the story/,
    },
    "BLUE is slow": { answer: but({ nodes: [{ paceMs: 20 }, { paceMs: 50 }] }), says: /v2 is right/ },
    "two numbers": {
      answer: but({ nodes: [{ paceMs: 25 }, { paceMs: 5 }], delays: { "cancel n2!1→n1": 200 } }),
      says: /2 things.*one number is enough/,
    },
    "another command": {
      answer: but({ commands: [...given.commands, { atMs: 60, area: "north-america", shirt: "purple" }] }),
      says: /one number is enough|v2 is right|things/,
    },
    "no story": { answer: { story: {} as Module["story"] }, says: /should stay a story/ },
  },
};
