/** The README's table of laws and libraries is made here: `UPDATE=1 pnpm --filter chan test peers` writes it. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { effectPeer } from "./peers/effect.ts";
import { ask, laws } from "./peers/laws.ts";
import { folder } from "./peers/more.ts";
import { peers } from "./peers/peers.ts";
import { type Column, tableOf } from "./peers/table.ts";

const file = new URL("../README.md", import.meta.url);
const TABLE =
  /(<!-- note: the laws, made by test\/peers\.test\.ts -->\n)([\s\S]*?)(\n<!-- note: end of the laws -->)/;

const [ours] = peers;
const effect = folder === undefined ? undefined : await effectPeer(folder);
const here: readonly Column[] = peers.map((peer) => ({ name: peer.name, peer }));

function recorded(): string {
  return TABLE.exec(readFileSync(file, "utf8"))?.[2] ?? "";
}

describe("of ours every law holds", () => {
  test.each(Object.keys(laws))("%s", async (law) => {
    expect(ours && (await ask(ours, law))).toBe("holds");
  });
});

const whose = effect ? "and effect" : "but for effect, which is recorded, as MORE_PEERS names no folder";

test(`README's table says what each library does, ${whose}`, async () => {
  const table = await tableOf([...here, { name: "effect", peer: effect }], recorded());
  const readme = readFileSync(file, "utf8");
  if (process.env.UPDATE) writeFileSync(file, readme.replace(TABLE, `$1${table}$3`));
  expect(recorded()).toBe(table);
});

describe("a library that is not here", () => {
  const wrong = [
    "|  | ours | effect |",
    "| --- | --- | --- |",
    ...Object.keys(laws).map((law) => `| ${law} | ✓ | ✗ |`),
  ].join("\n");
  const columns = (peer: Column["peer"]): Column[] => [
    { name: "ours", peer: ours },
    { name: "effect", peer },
  ];

  test("keeps its recorded column", async () => {
    expect(await tableOf(columns(undefined), wrong)).toBe(wrong);
  });

  test("planted: a recorded column that is wrong is noticed when the library is here", async () => {
    expect(await tableOf(columns(ours), wrong)).toBe(wrong.replaceAll("✗", "✓"));
  });

  test("planted: a law without a recorded answer is an error that names both", async () => {
    await expect(tableOf(columns(undefined), wrong.replaceAll("✗", ""))).rejects.toThrow(
      'no answer of effect to "without a buffer, a send waits for a receiver" is recorded',
    );
  });
});
