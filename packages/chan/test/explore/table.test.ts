/** The counterexample as it is printed. */

import { expect, test } from "vitest";
import { chan, go, receiving, sleep, trySelect } from "../../src/index.ts";
import { type ExploreError, explore } from "../../src/testing/index.ts";
import { play } from "../examples/program.ts";
import { byRace } from "../examples/worker.ts";

async function table(program: () => unknown): Promise<string> {
  return explore(program).then(
    () => "nothing was found",
    (error: unknown) => (error as ExploreError).table,
  );
}

test("a column for each routine, a row for each step, the case of a select, and the lines", async () => {
  const program = async (): Promise<void> => {
    const { sent, painted } = await play(byRace);
    expect(painted).toEqual(sent);
  };
  expect(await table(program)).toBe(
    `step  main           sender (11)      painter (18)             stopper (21)
   1  to 24, blocks
   2                                  to worker.ts:14, blocks
   3                                                           ends
   4                 to 13
   5                 case job, to 13
   6                 case stop, ends
   7                                  ends
   8  throws

program.ts
  13  const it = await select({ job: sending(jobs, job), stop: receiving(stop) });
  24  await group.wait();

worker.ts
  14  const first = await Promise.race([job, end]);`,
  );
});

test("a routine without a name, one that panics, a timer, and what trySelect picks", async () => {
  const [steps] = (
    await table(async () => {
      go(async () => {
        await Promise.resolve();
        await sleep(5);
        const [a, b] = [chan<number>(1), chan<number>(1)];
        a.trySend(1);
        b.trySend(2);
        if (trySelect({ a: receiving(a), b: receiving(b) })?.case === "b") throw new Error("b");
      });
      await sleep(5);
    })
  ).split("\n\n");
  expect(steps?.replaceAll(/\d+/g, "N").split("\n")).toEqual([
    "step  main   go (N)",
    "   N  to N",
    "   N         to N",
    "   N         picks ready case N, panics",
  ]);
});

test("of a long table the middle is left out", async () => {
  const lines = (
    await table(async () => {
      const c = chan<number>(100);
      for (let n = 0; n < 100; n++) await c.send(n);
      throw new Error("at last");
    })
  ).split("\n");
  expect(lines[21]).toBe("   …  41 steps");
  expect(lines[22]).toMatch(/^ {2}62 {2}to \d+$/);
  expect(lines[61]).toBe(" 101  throws");
});
