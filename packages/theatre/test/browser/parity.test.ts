import { stages } from "@shirts/sim";
import { expect, test } from "vitest";
import { inCi, withPage } from "./page.ts";
import { traces } from "./probe/traces.ts";

const SEEDS = 200;

/** The first seed whose traces differ; undefined when all are alike, byte for byte. */
function firstDifference(one: readonly string[], other: readonly string[]): number | undefined {
  const at = one.findIndex((text, i) => text !== other[i]);
  return at === -1 && one.length === other.length ? undefined : at + 1;
}

inCi("the simulator in the browser (in CI)", () => {
  test.each(stages.map(({ name }) => name))(
    `%s: gives the traces that Node gives, for ${SEEDS} seeds`,
    async (stage) => {
      const inNode = await traces(stage, SEEDS);
      expect(inNode.join("").length).toBeGreaterThan(SEEDS * 500);
      await withPage(
        "",
        async (page) => {
          const inPage = await page.evaluate(([name, seeds]) => globalThis.probe.traces(name, seeds), [
            stage,
            SEEDS,
          ] as const);
          expect(firstDifference(inPage, inNode)).toBeUndefined();
        },
        { probe: "index.html" },
      );
    },
  );
});

test("planted: one byte in one trace, and a trace too few, are noticed", async () => {
  const some = await traces("v2", 5);
  const other = some.map((text, i) => (i === 3 ? text.replace("n1", "n2") : text));
  expect(firstDifference(other, some)).toBe(4);
  expect(firstDifference(some.slice(0, 4), some)).toBe(0);
});
