/** A trace that comes from another process, or from a file, is checked before anybody believes it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  areas,
  colours,
  decodeTraceEvent,
  MalformedMessageError,
  shirts,
  type TraceEvent,
} from "../src/index.ts";

const place = { node: fc.string({ minLength: 1 }), at: fc.double({ noNaN: true, noDefaultInfinity: true }) };
const revision = fc.integer({ min: 1, max: 2_147_483_647 });
const command = fc.record({ area: fc.constantFrom(...areas), shirt: fc.constantFrom(...colours), revision });
const cancel = fc.record({ area: fc.constantFrom(...areas), consumerId: fc.string(), revision });
const shirtCounts = fc.dictionary(fc.constantFrom(...shirts), fc.nat());
const verdict = fc.record({
  area: fc.constantFrom(...areas),
  people: fc.nat(),
  commanded: fc.constantFrom(...colours),
  revision: fc.nat(),
  wearing: shirtCounts.map((counts) => ({ ...counts })),
  wrong: fc.nat(),
  stale: fc.nat(),
  refused: fc.nat(),
});
const event = fc.oneof(
  fc.record({ type: fc.constant("painted"), command, step: fc.nat(), stale: fc.boolean(), ...place }),
  fc.record({ type: fc.constant("painted"), command, step: fc.nat(), ...place }),
  fc.record({ type: fc.constant("verdict"), verdict, ...place }),
  fc.record({ type: fc.constant("delivered"), command, redelivered: fc.boolean(), ...place }),
  fc.record({ type: fc.constant("cancel lost"), cancel, reason: fc.string(), ...place }),
  fc.record({ type: fc.constant("dead-lettered"), queue: fc.string(), reason: fc.string(), ...place }),
  fc.record({ type: fc.constantFrom("ready", "paused", "reconnected"), ...place }),
);

test("what is written as a line is read as the same event", () => {
  fc.assert(
    fc.property(event, (one) => {
      // JSON has no -0.
      const at = one.at === 0 ? 0 : one.at;
      expect(decodeTraceEvent(JSON.stringify({ ...one, at }))).toEqual({ ...one, at } as TraceEvent);
    }),
  );
});

const good = { type: "refused", command: { area: "north-america", shirt: "blue", revision: 2 }, step: 1 };
test.each([
  ["not JSON", "purple", "the body is not JSON"],
  ["no event", "[]", "expected object"],
  ["an unknown type", JSON.stringify({ ...good, type: "dyed", node: "n1", at: 1 }), 'field "type"'],
  ["no time", JSON.stringify({ ...good, node: "n1" }), 'field "at"'],
  ["no node", JSON.stringify({ ...good, at: 1 }), 'field "node"'],
  ["half a step", JSON.stringify({ ...good, step: 0.5, node: "n1", at: 1 }), 'field "step"'],
  [
    "a shirt that nobody sews",
    JSON.stringify({ ...good, command: { ...good.command, shirt: "<b>red</b>" }, node: "n1", at: 1 }),
    'field "command.shirt"',
  ],
])("%s is refused with the field that is wrong", (_, line, part) => {
  expect(() => decodeTraceEvent(line)).toThrow(MalformedMessageError);
  expect(() => decodeTraceEvent(line)).toThrow(part);
});
