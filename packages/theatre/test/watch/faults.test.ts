import { checkStory, type Fault, faultKinds } from "@shirts/sim";
import { expect, test } from "vitest";
import { faultOf } from "../../src/modes/watch/faults.tsx";
import { presets } from "../../src/modes/watch/presets.ts";

const { story } = presets.overtaken;

test.each(faultKinds)("a fault of another kind can be played, whatever it was before: %s", (kind) => {
  for (const before of [undefined, ...faultKinds.map((other) => faultOf(other, story))]) {
    const fault = faultOf(kind, story, before);
    expect(fault.kind).toBe(kind);
    expect(() => checkStory({ ...story, faults: [fault] })).not.toThrow();
  }
});

test("what two kinds share stays; a command is not published again before it is given", () => {
  const early: Fault = { kind: "pause", node: 1, atMs: 5, forMs: 70 };
  expect(faultOf("crash", story, early)).toEqual({ ...early, kind: "crash" });
  const late: Fault = { kind: "duplicate", command: 1, atMs: 90 };
  expect(faultOf("president-death", story, { ...late, atMs: 5 })).toEqual({
    ...{ kind: "president-death", command: 1, atMs: 60 },
  });
  expect(faultOf("duplicate", story, late)).toEqual(late);
});
