/** The README's table of laws and libraries is made here: `UPDATE=1 pnpm --filter chan test peers` writes it. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Answer, ask, laws } from "./peers/laws.ts";
import { peers } from "./peers/peers.ts";

const file = new URL("../README.md", import.meta.url);
const TABLE =
  /(<!-- note: the laws, made by test\/peers\.test\.ts -->\n)[\s\S]*?(\n<!-- note: end of the laws -->)/;
const SIGNS: Readonly<Record<Answer, string>> = { holds: "✓", "does not": "✗", "has none": "–" };

describe("of ours every law holds", () => {
  const [ours] = peers;
  test.each(Object.keys(laws))("%s", async (law) => {
    expect(ours && (await ask(ours, law))).toBe("holds");
  });
});

test("README's table says what each library does", async () => {
  const rows = [
    ["", ...peers.map(({ name }) => name)],
    ["---", ...peers.map(() => "---")],
  ];
  for (const law of Object.keys(laws)) {
    const answers: string[] = [];
    for (const peer of peers) answers.push(SIGNS[await ask(peer, law)]);
    rows.push([law, ...answers]);
  }
  const table = rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
  const readme = readFileSync(file, "utf8");
  if (process.env.UPDATE) writeFileSync(file, readme.replace(TABLE, `$1${table}$2`));
  expect(TABLE.exec(readFileSync(file, "utf8"))?.[0]).toContain(table);
});
