/** What a run writes into a document: its own table, and nothing else of it. */
import { parseFlags } from "@shirts/command-line";
import { expect, test } from "vitest";
import { commandOf, OPTIONS, readFlags } from "../src/flags.ts";
import { type Recording, recorded } from "../src/record.ts";

const run: Recording = {
  title: "v4 slow",
  rows: [
    ["v4", "stories", "wrong"],
    ["kill", "2", "0"],
    ["all", "2", "0"],
  ],
  command: "pnpm storm v4 --faults kill --stories 2 --seed 1",
  finished: 2,
  planned: 2,
  versions: ["Node 20.20.2"],
  date: new Date(2026, 10, 24),
};
const table = `| v4 slow | stories | wrong |
| --- | --- | --- |
| kill | 2 | 0 |
| **all** | **2** | **0** |

Recorded 24 November 2026 with Node 20.20.2: \`pnpm storm v4 --faults kill --stories 2 --seed 1\`.
`;

test("a table that is not there yet comes to the end of the file, and is the whole of a new one", () => {
  expect(recorded("", run)).toBe(table);
  expect(recorded("# Tables\n", run)).toBe(`# Tables\n\n${table}`);
});

test("a second run replaces its own table and its line, and leaves the text and the other tables", () => {
  const others = (own: string) =>
    `By hand.\n\n| v4 | stories |\n| --- | --- |\n| v4 slow | 7 |\n\n${own}\nAfter.\n`;
  const again = {
    ...run,
    rows: [
      ["v4", "stories"],
      ["all", "9"],
    ],
    finished: 9,
    planned: 9,
  };
  const text = recorded(others(table), again);
  expect(text).toBe(
    others(
      "| v4 slow | stories |\n| --- | --- |\n| **all** | **9** |\n\nRecorded 24 November 2026 with Node 20.20.2: `pnpm storm v4 --faults kill --stories 2 --seed 1`.\n",
    ),
  );
  expect(recorded(text, again)).toBe(text);
});

test("a run that was ended early says how much it finished", () => {
  expect(recorded("", { ...run, planned: 50 })).toContain(
    "--seed 1`. Ended early: 2 of 50 stories were finished.\n",
  );
});

function read(line: string) {
  const { values, positionals } = parseFlags(line.split(" "), OPTIONS, "words");
  return readFlags(values, positionals);
}

test("the recorded command gives the same flags again", () => {
  for (const line of ["v4 --faults kill,queue --stories 9 --seed 3 --nodes 3 --cluster", "v1 --stories 4"]) {
    const flags = read(line);
    expect(read(commandOf(flags).replace("pnpm storm ", ""))).toEqual(flags);
  }
});
