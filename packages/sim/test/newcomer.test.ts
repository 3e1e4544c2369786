/** `pnpm new-worker` and `pnpm sim --worker`, as processes, in a folder that was never in this repository. */
import { someOf } from "@shirts/command-line/testing";
import { decodeTraceEvent } from "@shirts/story";
import { expect, test, vi } from "vitest";
import { type Change, changed, Elsewhere, TEMPLATE } from "./support/newcomer.ts";

// Each question is two processes; on a busy machine that alone takes a while.
vi.setConfig({ testTimeout: 180_000 });

test("new-worker writes a folder, says what is next, and its worker and its laws are accepted", async () => {
  const here = new Elsewhere();
  const made = await here.run("cli/new-worker/main.ts", "v5");
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(made.out).toContain("sim --worker v5/worker.ts\n");
  expect(here.read("v5/worker.ts")).toBe(TEMPLATE);
  const judged = await here.run("main.ts", "--worker", "v5/worker.ts", "--laws", "v5/laws.ts");
  expect(judged).toMatchObject({ code: 0, err: "" });
  expect(judged.out).toMatch(/^✓ v5 keeps what v4 keeps of the 8 laws, and 1 of your own: in 1,700 stories/);
  expect(judged.out).toMatch(/all [\d,]+ orders of a small one/);
});

test("new-worker overwrites nothing, and takes one name", async () => {
  const here = new Elsewhere();
  here.write("v5/worker.ts", "mine");
  const again = await here.run("cli/new-worker/main.ts", "v5");
  expect(again).toEqual({ code: 2, out: "", err: "new-worker: v5 is already there. Nothing was changed.\n" });
  expect(here.read("v5/worker.ts")).toBe("mine");
  for (const args of [[], ["v5", "v6"], ["../v5"], ["v5/worker.ts"]])
    expect(await here.run("cli/new-worker/main.ts", ...args)).toMatchObject({ code: 2, out: "" });
});

const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

const bugs: readonly [bug: string, law: string, changes: readonly Change[]][] = [
  [
    "paints on after a cancel",
    "a cancel saves work",
    [["        if (isOld(command)) {", "        if (isOld(command) && step < 0) {"]],
  ],
  [
    "acks before it works",
    "an ack comes after the last step",
    [
      ["    hearAll();\n    if (isOld", "    ack();\n    hearAll();\n    if (isOld"],
      ["    }\n    ack();\n  }", "    }\n  }"],
    ],
  ],
  [
    "takes the revision of any cancel for the newest",
    "a cancel saves work",
    [["Math.max(revision, newest.get(area) ?? 0)", "revision"]],
  ],
];

// judge-worker.test.ts has the judgements; this is about the sentences of the program.
test.each(someOf(1, bugs))("planted: a worker that %s breaks %j", async (_, law, changes) => {
  const { code, out, err } = await new Elsewhere().judge(changed(changes));
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(out).toMatch(/^✗ newcomer-\w+ breaks the law /);
  expect(out).toContain(`breaks the law "${law}":\n`);
  expect(out).toContain("v4's own worker keeps it in the same story.\n");
});

inCi(
  "the trace of what was found is kept for the page, and the command that opens it is told (in CI)",
  async () => {
    const here = new Elsewhere();
    const { out } = await here.judge(changed([["\n    ack();\n", "\n"]]), "--keep", "mine.jsonl");
    expect(out).toContain('breaks the law "every job acked exactly once or redelivered"');
    expect(out).toMatch(/See it on the page: pnpm theatre --trace mine\.jsonl\n$/);
    const events = here.read("mine.jsonl").trim().split("\n").map(decodeTraceEvent);
    expect(events.map(({ type }) => type)).toContain("painted");
    expect((await here.run("main.ts", "--read", `${here.folder}/mine.jsonl`)).code).toBe(0);
  },
);

inCi(
  "it is a stage for the other flags, too: --find, --seed, --seeds and --all, on its base's topology (in CI)",
  async () => {
    const on = (...flags: string[]) => new Elsewhere().judge(TEMPLATE, ...flags);
    const [found, seed, seeds, all] = await Promise.all([
      on("--base", "v3", "--find"),
      on("--seed", "3"),
      on("--seeds", "20"),
      on("--base", "v2", "--all", "--people", "1"),
    ]);
    expect(found.out).toContain('breaks the law "last command wins"');
    expect(seed.out).toContain(", seed 3: PURPLE at ");
    expect(seeds.out).toContain("✓ an ack comes after the last step");
    expect(all.out).toMatch(/, 1 people, 2 commands, no fault:\n[\d,]+ interleavings, [\d,]+ wrong/);
  },
);

inCi("--matrix shows it beside the stage that it takes after (in CI)", async () => {
  const { out } = await new Elsewhere().judge(TEMPLATE, "--matrix", "--seeds", "2", "--base", "v2");
  for (const row of ["×2", "×3"])
    expect(out).toMatch(new RegExp(`\\| newcomer-\\w+ ${row} \\|.*\n\\| v2 ${row} \\|`));
});

inCi(
  "its modules are ES modules, whatever package.json is above them, and share the house's chan (in CI)",
  async () => {
    const here = new Elsewhere();
    here.write("package.json", '{ "type": "commonjs" }');
    here.write("deep/old.ts", 'export { receiving } from "@shirts/chan";\n');
    const split = changed([
      ["import { receiving, select, trySelect }", "import { select, trySelect }"],
      ["import type { Area", 'import { receiving } from "./deep/old.js";\nimport type { Area'],
    ]);
    expect(await here.judge(split, "--seeds", "50")).toMatchObject({ code: 0, err: "" });
  },
);
