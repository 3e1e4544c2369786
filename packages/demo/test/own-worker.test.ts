/** `npm start -- --worker FILE`: the stage's own main.ts, with a file from elsewhere in the place of its worker.ts. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { demo, EMBEDDED } from "./support/demo.ts";

vi.setConfig({ testTimeout: 180_000 });

/** Each play is up to six processes. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

function fileWith(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "own-")), "mine.ts");
  writeFileSync(file, text);
  return file;
}

/** It paints all but the last step, through v4's fence, and acks. */
const LAZY = `
import type { FencedTools } from "@shirts/story";
export async function worker({ jobs, steps, paint }: FencedTools): Promise<void> {
  for await (const job of jobs) {
    for (let step = 0; step < steps - 1; step++) await paint(job.command, step);
    job.ack();
  }
}
`;

test("the nodes of v4 run the file, on v4's queues and through its fence", async () => {
  const scene = "--nodes 1 --shirts purple --steps 10 --people 1000 --json";
  const { ended, lines } = demo(`--worker ${fileWith(LAZY)} ${scene}`, EMBEDDED);
  expect(await ended).toEqual({ code: 0, err: "" });
  const records = lines.map((line) => JSON.parse(line));
  expect(records.filter(({ type }) => type === "painted")).toHaveLength(9);
  expect(records.find(({ verdicts }) => verdicts)).toMatchObject({
    stage: "v4",
    unacked: 0,
    verdicts: [{ commanded: "purple", wrong: 100 }],
  });
});

inCi.each([
  ["export const worker = 7;", 'exports no function "worker"'],
  ['throw new Error("not today");', "cannot be imported: line 1: not today"],
] as const)("a file that is no worker ends the play in one line: %s (in CI)", async (text, line) => {
  const { ended } = demo(`--worker ${fileWith(text)} --nodes 1 --json`, EMBEDDED);
  const { code, err } = await ended;
  expect({ code, lines: err.trim().split("\n").length }).toEqual({ code: 1, lines: 1 });
  expect(err).toMatch(/^demo: node 1 did not start \(exit 2\): --worker: /);
  expect(err).toContain(line);
});

test("a file that is not there is told before anything is opened", async () => {
  const { ended, lines } = demo("--worker gone.ts", EMBEDDED);
  expect(await ended).toEqual({ code: 2, err: "demo: --worker: there is no file gone.ts.\n" });
  expect(lines).toEqual([]);
});
