import { areas, type Cancel, type Command, colours, MalformedMessageError } from "@shirts/story";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCancel, decodeCommand, encodeCancel, encodeCommand } from "../src/messages.ts";

const revision = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const commands = fc.record<Command>({
  area: fc.constantFrom(...areas),
  shirt: fc.constantFrom(...colours),
  revision,
  world: fc.string({ minLength: 1 }),
});
const cancels: fc.Arbitrary<Cancel> = fc.record(
  {
    area: fc.constantFrom(...areas),
    consumerId: fc.string({ minLength: 1 }),
    revision,
    world: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ["area", "consumerId", "world"] },
);
const bytes = (text: string) => new TextEncoder().encode(text);
const json = (body: Uint8Array) => JSON.parse(new TextDecoder().decode(body));

test("a command arrives as it was sent", () => {
  fc.assert(
    fc.property(commands, (command) => {
      expect(decodeCommand(encodeCommand(command))).toEqual(command);
    }),
  );
});

test("a cancel arrives as it was sent", () => {
  fc.assert(
    fc.property(cancels, (cancel) => {
      expect(decodeCancel(encodeCancel(cancel))).toEqual(cancel);
    }),
  );
});

test("a cancel's fields on the wire are the talk's, command and consumer_name, and ours", () => {
  expect(json(encodeCancel({ area: "north-america", consumerId: "amq.gen-1" }))).toEqual({
    command: "north-america",
    consumer_name: "amq.gen-1",
  });
});

test("no body makes the decoders throw anything but a MalformedMessageError of one line", () => {
  const body = fc.oneof(fc.uint8Array(), fc.json().map(bytes));
  fc.assert(
    fc.property(body, fc.constantFrom(decodeCommand, decodeCancel), (input, decode) => {
      try {
        decode(input);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedMessageError);
        expect((error as Error).message).not.toContain("\n");
      }
    }),
  );
});

const malformed: [string, RegExp][] = [
  ["PURPLE", /not JSON/],
  ["{}", /"area"/],
  ['{"area":"atlantis","shirt":"blue","revision":1}', /"area"/],
  ['{"area":"north-america","shirt":"white","revision":1}', /"shirt"/],
  ['{"area":"north-america","shirt":"blue"}', /"revision"/],
  ['{"area":"north-america","shirt":"blue","revision":1.5}', /"revision"/],
  ['{"area":"north-america","shirt":"blue","revision":2147483648}', /"revision"/],
  ['{"area":"north-america","shirt":"blue","revision":1}', /"world"/],
];

test.each(malformed)("the error for the body %s names what is wrong", (body, reason) => {
  expect(() => decodeCommand(bytes(body))).toThrow(reason);
});

test("a cancel with a revision that no table can give is malformed, too", () => {
  const body = bytes('{"command":"north-america","consumer_name":"n1","revision":2147483648}');
  expect(() => decodeCancel(body)).toThrow(/"revision"/);
});

test("a body that is no UTF-8 is malformed, wherever its bad byte stands", () => {
  const body = encodeCancel({ area: "north-america", consumerId: "n?", world: "w1" });
  const bad = body.map((byte) => (byte === "?".charCodeAt(0) ? 0xff : byte));
  expect(() => decodeCancel(bad)).toThrow("the body is not JSON");
});
