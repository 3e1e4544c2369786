import type { FaultyFile } from "../fault.ts";

/** Links, and stories by the thousand. */
export const chance: readonly FaultyFile[] = [
  {
    file: "theatre/src/link/link.ts",
    tests: ["theatre/test/link/link.test.ts"],
    faults: [
      {
        fault: "a link with a wrong sum is opened",
        find: "!== sumOf(packed)",
        put: "=== -1",
      },
      {
        fault: "a link of a newer version is read as if it were this one's",
        find: "if (Number(version) > VERSION) return refuse(text.link.newer(version));",
        put: "",
      },
      {
        fault: "a link may be of any length",
        find: "if (link.length > TEXT_MAX) return refuse(text.link.tooLong);",
        put: "",
      },
      {
        fault: "a link of another mode is opened",
        find: "decoded.kind === kind ?",
        put: "decoded.ok ?",
      },
    ],
  },
  {
    file: "theatre/src/link/squeeze.ts",
    tests: ["theatre/test/link/link.test.ts"],
    faults: [
      {
        fault: "a short link unpacks to whatever it holds",
        find: "if (length > UNPACKED_MAX)",
        put: "if (length < 0)",
      },
    ],
  },
  {
    file: "theatre/src/link/schemas.ts",
    tests: ["theatre/test/link/link.test.ts"],
    faults: [
      {
        fault: "a link holds a story that cannot be played",
        find: "checkStory(checked);",
        put: "",
      },
    ],
  },
  {
    file: "theatre/src/modes/chance/tally.ts",
    tests: ["theatre/test/chance/tally.test.ts"],
    faults: [
      {
        fault: "after no wrong story the share is surely zero",
        find: "wrong === stories ? 1 :",
        put: "wrong === 0 ? 0 : wrong === stories ? 1 :",
      },
      {
        fault: "a cell shows the last wrong seed as its first",
        find: "wrongSeed: cell.wrongSeed ?? seed",
        put: "wrongSeed: seed",
      },
    ],
  },
  {
    file: "theatre/src/modes/chance/count.ts",
    tests: ["theatre/test/chance/count.test.ts"],
    faults: [
      {
        fault: "a count that goes on plays its stories again",
        find: "if (cell.stories >= seed) continue;",
        put: "",
      },
      {
        fault: "every story of a cell has one seed",
        find: "runStory(stage, story, seed)",
        put: "runStory(stage, story, 1)",
      },
    ],
  },
];
