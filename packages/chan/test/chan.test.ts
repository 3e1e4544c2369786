import { describe, expect, test } from "vitest";
import { chan, go, receiving, select, sending, trySelect } from "../src/index.ts";

describe.each([0, 1, 7])("a chan of capacity %i", (cap) => {
  test("gives values in the order in which they were sent", async () => {
    const c = chan<number>(cap);
    go(async () => {
      for (let i = 0; i < 100; i++) await c.send(i);
      c.close();
    });
    const got: number[] = [];
    for await (const v of c) got.push(v);
    expect(got).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(await c.recv()).toEqual([undefined, false]);
  });
});

test("select answers the case that was ready and leaves no waiter behind", async () => {
  const a = chan<number>();
  const b = chan<string>();
  go(async () => {
    await b.send("x");
  });
  const it = await select({ a: receiving(a), b: receiving(b), off: false });
  expect(it).toEqual({ case: "b", value: "x", ok: true });
  expect(a.trySend(1)).toBe(false);
  expect(trySelect({ a: receiving(a), s: sending(b, "y") })).toBeUndefined();
});
