import type { Answers } from "@shirts/learn/answers";

type Module = typeof import("./given.ts");
const right = { v3: "white", "v3-fence": "white", fence: "blue", v4: "blue" };
const but = (some: Partial<typeof right>): Module => ({ ends: { ...right, ...some } });

export const answers: Answers<Module> = {
  right: {
    "in another order": { ends: { v4: "blue", fence: "blue", "v3-fence": "white", v3: "white" } },
    "worked out": {
      ends: Object.fromEntries(
        Object.keys(right).map((stage) => [stage, stage.startsWith("v3") ? "white" : "blue"]),
      ) as typeof right,
    },
  },
  wrong: {
    "v3 is right": {
      answer: but({ v3: "blue" }),
      says: /`v3` does not end in "blue": each node looks at the sender/,
    },
    "the fence repairs v3": {
      answer: but({ "v3-fence": "blue" }),
      says: /`v3-fence`.*when both nodes have stopped/,
    },
    "a fence alone is not enough": {
      answer: but({ fence: "both" }),
      says: /`fence` does not end in "both".*hears no cancel/,
    },
    "a fence lets PURPLE win": { answer: but({ fence: "purple" }), says: /`fence`/ },
    "v4 as v3": { answer: but({ v4: "white" }), says: /`v4`.*carries its revision/ },
    nothing: { answer: { ends: {} as Module["ends"] }, says: /`v3` does not end in undefined/ },
  },
};
