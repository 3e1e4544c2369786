/** `pnpm new-worker` and `pnpm sim --worker`, as processes, in a folder that was never in this repository. */
import { decodeTraceEvent } from "@shirts/story";
import { expect, test } from "vitest";
import { type Change, changed, Elsewhere, TEMPLATE } from "./support/newcomer.ts";

test("new-worker writes a folder, says what is next, and its worker and its laws are accepted", async () => {
  const here = new Elsewhere();
  const made = await here.run("new-worker-main.ts", "v5");
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(made.out).toContain("sim --worker v5/worker.ts\n");
  expect(here.read("v5/worker.ts")).toBe(TEMPLATE);
  const judged = await here.run("main.ts", "--worker", "v5/worker.ts", "--laws", "v5/laws.ts");
  expect(judged).toMatchObject({ code: 0, err: "" });
  expect(judged.out).toMatch(/^✓ v5 keeps what v4 keeps of the 7 laws, and 1 of your own: in 1,700 stories/);
  expect(judged.out).toMatch(/all [\d,]+ orders of a small one/);
});

test("new-worker overwrites nothing, and takes one name", async () => {
  const here = new Elsewhere();
  here.write("v5/worker.ts", "mine");
  const again = await here.run("new-worker-main.ts", "v5");
  expect(again).toEqual({ code: 2, out: "", err: "new-worker: v5 is already there. Nothing was changed.\n" });
  expect(here.read("v5/worker.ts")).toBe("mine");
  for (const args of [[], ["v5", "v6"], ["../v5"], ["v5/worker.ts"]])
    expect(await here.run("new-worker-main.ts", ...args)).toMatchObject({ code: 2, out: "" });
});

const bugs: readonly [bug: string, law: string, changes: readonly Change[]][] = [
  [
    "paints on after a cancel",
    "a cancel saves work",
    [["        if (isOld(command)) {", "        if (isOld(command) && step < 0) {"]],
  ],
  [
    "acks before its last step",
    "last command wins",
    [
      ["        await walk();\n", "        if (step === steps - 1) ack();\n        await walk();\n"],
      ["    ack();\n  }", "    if (steps === 0) ack();\n  }"],
    ],
  ],
  [
    "takes the revision of any cancel for the newest",
    "a cancel saves work",
    [["Math.max(revision, newest.get(area) ?? 0)", "revision"]],
  ],
];

test.each(bugs)("planted: a worker that %s breaks %j", async (_, law, changes) => {
  const { code, out, err } = await new Elsewhere().judge(changed(changes));
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(out).toMatch(/^✗ newcomer-\w+ breaks the law /);
  expect(out).toContain(`breaks the law "${law}":\n`);
  expect(out).toContain("v4's own worker keeps it in the same story.\n");
});

test("the trace of what was found is kept for the page, and the command that opens it is told", async () => {
  const here = new Elsewhere();
  const { out } = await here.judge(changed([["\n    ack();\n", "\n"]]), "--keep", "mine.jsonl");
  expect(out).toContain('breaks the law "every job acked exactly once or redelivered"');
  expect(out).toMatch(/See it on the page: pnpm theatre --trace mine\.jsonl\n$/);
  const events = here.read("mine.jsonl").trim().split("\n").map(decodeTraceEvent);
  expect(events.map(({ type }) => type)).toContain("painted");
  expect((await here.run("main.ts", "--read", `${here.folder}/mine.jsonl`)).code).toBe(0);
});

test("it is a stage for the other flags, too: --find, --seed, --seeds, --all and --matrix, with the base's topology", async () => {
  const here = new Elsewhere();
  const slow = changed([
    ["        if (!(await paint(command, step))) break;", "        await paint(command, step);"],
  ]);
  const on = (...flags: string[]) => here.judge(slow, ...flags);
  expect((await on("--base", "v3", "--find")).out).toContain('breaks the law "last command wins"');
  expect((await on("--seed", "3")).out).toContain(", seed 3: PURPLE at ");
  expect((await on("--seeds", "20")).out).toContain("✓ last command wins");
  expect((await on("--all", "--people", "1")).out).toMatch(/interleavings, 0 wrong/);
  const matrix = (await on("--matrix", "--seeds", "3", "--base", "v2")).out;
  for (const row of ["×2", "×3"])
    expect(matrix).toMatch(new RegExp(`\\| newcomer-\\w+ ${row} \\|.*\n\\| v2 ${row} \\|`));
});

test("its modules are ES modules, whatever package.json is above them, and share the house's chan", async () => {
  const here = new Elsewhere();
  here.write("package.json", '{ "type": "commonjs" }');
  here.write("deep/old.ts", 'export { receiving } from "@shirts/chan";\n');
  const split = changed([
    ["import { receiving, select, trySelect }", "import { select, trySelect }"],
    ["import type { Area", 'import { receiving } from "./deep/old.js";\nimport type { Area'],
  ]);
  expect(await here.judge(split, "--seeds", "50")).toMatchObject({ code: 0, err: "" });
});
