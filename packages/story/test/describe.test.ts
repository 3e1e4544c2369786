import { expect, test } from "vitest";
import { describe, type EventBody, sentenceOf } from "../src/index.ts";

const command = { area: "north-america", shirt: "purple", revision: 1 } as const;
const cancel = { area: "north-america", consumerId: "amq.gen-Jz8abcdef", revision: 2 } as const;

test.each<[EventBody, string]>([
  [
    { type: "delivered", command, redelivered: true },
    "node 1 takes North America in PURPLE again: it was not acked",
  ],
  [{ type: "painted", command, step: 6, stale: false }, "node 1 paints North America in PURPLE, step 7"],
  [
    { type: "painted", command, step: 6, stale: true },
    "node 1 paints North America in PURPLE, step 7: stale, a newer command is out",
  ],
  [
    { type: "refused", command, step: 6 },
    "the table refuses North America in PURPLE, step 7 of node 1: a newer command is out",
  ],
  [{ type: "stopped", command, step: 1 }, "node 1 stops North America in PURPLE after 1 step"],
  [
    { type: "cancel received", cancel },
    "node 1 hears a cancel for North America below revision 2 from queue …Jz8abc",
  ],
  [
    {
      type: "verdict",
      verdict: {
        area: "north-america",
        people: 10,
        commanded: "blue",
        revision: 2,
        wearing: { blue: 9, purple: 1 },
        wrong: 1,
        stale: 1,
        refused: 0,
      },
    },
    "the table counts North America: 1 of 10 people wrong, 1 stale step, 0 refused",
  ],
  [{ type: "crashed", reason: "killed" }, "node 1 crashes: killed"],
])("%j is told in one sentence", (body, sentence) => {
  expect(sentenceOf(describe({ ...body, node: "node 1", at: 0 }))).toBe(sentence);
});

test("a step that lands late is an alarm, a step that is refused is good, and no tone is needed to tell them apart", () => {
  const late = describe({ type: "painted", command, step: 0, stale: true, node: "n1", at: 0 });
  const refused = describe({ type: "refused", command, step: 0, node: "n1", at: 0 });
  expect([late.tone, refused.tone]).toEqual(["alarm", "good"]);
  expect(sentenceOf(late)).not.toBe(sentenceOf(refused));
});

test("a count is an alarm only when somebody is wrong: late steps that were painted over are past", () => {
  const toneOf = (wrong: number, stale: number) =>
    describe({
      type: "verdict",
      node: "table",
      at: 0,
      verdict: {
        area: command.area,
        people: 2,
        commanded: "blue",
        revision: 2,
        wearing: {},
        wrong,
        stale,
        refused: 0,
      },
    }).tone;
  expect([toneOf(1, 1), toneOf(0, 1), toneOf(0, 0)]).toEqual(["alarm", "notable", "plain"]);
});
