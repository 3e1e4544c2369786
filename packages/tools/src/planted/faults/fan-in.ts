import type { FaultyFile } from "../fault.ts";

export const fanIn: readonly FaultyFile[] = [
  {
    file: "fan-in/src/fan-in.ts",
    tests: ["fan-in/test/fan-in.test.ts"],
    faults: [
      {
        fault: "fan-in: a piece that was dropped is delivered, when the coin says so",
        find: "if (piece === undefined || it.value !== piece) break;",
        put: "if (piece === undefined) break;",
      },
      {
        fault: "fan-in: a change of mind does not end the sewing",
        find: "piece?.stop.close();",
        put: "",
      },
      {
        fault: "fan-in: a push that is older than the table counts",
        find: "if (it.ok && it.value.revision <= state.revision) break;",
        put: "",
      },
      {
        fault: "fan-in: a dropped shirt is not begun again",
        find: "if (piece) piece = begin(piece.job);",
        put: "",
      },
    ],
  },
];
