import { resolve } from "node:path";
import { expect, test } from "vitest";
import { traceFile, wrongLines } from "../src/wrong-stories.ts";

const flags = { stage: "v3", traces: "traces", worker: undefined } as const;
const story = { fault: "kill", seed: 15, why: ["3 people wear PURPLE"] } as const;

test("a wrong story names the command that opens its trace on the page", () => {
  expect(wrongLines(flags, [story])).toEqual([
    "  wrong: pnpm storm v3 --faults kill --stories 1 --seed 15",
    "    3 people wear PURPLE",
    `    see it: pnpm theatre --trace ${traceFile(flags, story)}`,
    "  their traces: traces (pnpm sim --read FILE tells one in the terminal)",
  ]);
  expect(traceFile(flags, story)).toBe("traces/v3-kill-15.jsonl");
});

test("a story of a worker of one's own is played again with that file, and named after its topology", () => {
  const own = { ...flags, worker: resolve(process.env.INIT_CWD ?? "", "my workers/v5.ts") };
  const again = '  wrong: pnpm storm --worker "my workers/v5.ts"';
  expect(wrongLines(own, [story])[0]).toBe(`${again} --base v3 --faults kill --stories 1 --seed 15`);
  expect(wrongLines({ ...own, stage: "v4" }, [story])[0]).toBe(
    `${again} --faults kill --stories 1 --seed 15`,
  );
});

test("a folder with a space in its name is one word of the command", () => {
  const lines = wrongLines({ ...flags, traces: "my traces" }, [story]);
  expect(lines).toContain('    see it: pnpm theatre --trace "my traces/v3-kill-15.jsonl"');
});

test("many wrong stories are told in few lines, and right ones in none", () => {
  expect(wrongLines(flags, [])).toEqual([]);
  const long = { ...story, why: Array.from({ length: 50 }, () => "wrong") };
  expect(
    wrongLines(
      flags,
      Array.from({ length: 100 }, () => long),
    ),
  ).toHaveLength(10 * 7 + 1);
});
