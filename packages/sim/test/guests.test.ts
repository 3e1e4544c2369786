/** What only code does that was never in the house: it hangs, it keeps state beside the worker, it has a clock. */
import { someOf } from "@shirts/command-line/testing";
import { expect, test, vi } from "vitest";
import { type Change, changed, Elsewhere, TEMPLATE } from "./support/newcomer.ts";

// Each question is two processes; on a busy machine that alone takes a while.
vi.setConfig({ testTimeout: 180_000 });

const WALK = "        await walk();\n";

test("planted: a loop without an await is ended, and one sees after which event", async () => {
  const { code, out, err } = await new Elsewhere().judge(
    changed([[WALK, `        while (step === 1);\n${WALK}`]]),
  );
  expect(code).toBe(1);
  expect(out).toContain("│ takes ");
  expect(err).toMatch(
    /^sim: worker\.ts hangs: in the story of seed \d+, after the last event above, it ran on and waited/,
  );
  expect(err.trim().split("\n")).toHaveLength(1);
});

/** What hangs is waited for, and keeps a core busy for seconds: `npm test` does the one above. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

inCi("planted: a loop that awaits nothing but itself is ended as well (in CI)", async () => {
  const hangs = changed([[WALK, `        while (step === 1) await undefined;\n${WALK}`]]);
  const { code, err } = await new Elsewhere().judge(hangs, "--all", "--people", "2");
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining("worker.ts hangs: in one of the orders of a small story"),
  });
});

inCi("planted: a file that hangs while it is imported is ended (in CI)", async () => {
  const { code, err } = await new Elsewhere().judge(`${TEMPLATE}\nfor (;;);\n`);
  expect({ code, err }).toEqual({
    code: 1,
    err: "sim: worker.ts hangs while it is imported: it ran for 5 s and never ended.\n",
  });
});

const PANIC = /"the loop never panics or deadlocks":\n {2}n\d(\.\d)? panicked/.source;

const guests: readonly [what: string, changes: readonly Change[], sentence: string][] = [
  [
    "state outside of worker()",
    [
      ["  const newest = new Map<Area, number>();\n", ""],
      ["\n// #region worker\n", "\nconst newest = new Map<Area, number>();\n"],
    ],
    /"the same story twice is the same":\n {2}the story of seed 1 was played twice/.source,
  ],
  [
    "a real timer",
    [[WALK, "        await new Promise((resolve) => setTimeout(resolve));\n"]],
    `${PANIC}[^]*setTimeout: a worker has no clock but its tools`,
  ],
  [
    "chance",
    // The text of a worker that must not have it.
    [[WALK, `${WALK}        if (Math.random() < 0.1) break;\n`]],
    `${PANIC}[^]*random: a worker has no chance`,
  ],
  [
    "a promise that rejects, and nobody awaits it",
    [[WALK, `${WALK}        void Promise.reject(new Error("let go"));\n`]],
    `${PANIC}[^]*let go`,
  ],
  [
    "a worker that throws before it returns a promise",
    [
      [
        "export async function worker",
        'export function worker() { throw new Error("at once"); }\nasync function unused',
      ],
    ],
    `${PANIC}[^]*at once`,
  ],
];

test.each(someOf(1, guests))(
  "planted: %s breaks a law, and the reason is told",
  async (_, changes, sentence) => {
    const { code, out } = await new Elsewhere().judge(changed(changes));
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(sentence));
  },
);
