/** The codec: reading gives back what was written, and broken bytes are an AmqpError and nothing else. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AmqpError, bytesText } from "../src/wire/errors.ts";
import type { Field, Table } from "../src/wire/field.ts";
import { FRAME, FrameParser, writeContent, writeFrame } from "../src/wire/frames.ts";
import { decodeMethod, encodeMethod, type Kind, methodNameOf, methodTable } from "../src/wire/methods.ts";
import { decodeProperties, encodeProperties, type Properties } from "../src/wire/properties.ts";
import { Writer } from "../src/wire/writer.ts";

const byteString = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString("latin1"));
const shortstr = byteString(255);
const longstr = byteString(400);

const { table } = fc.letrec<{ field: Field; table: Table }>((tie) => ({
  field: fc.oneof(
    { depthSize: "small" },
    fc.record({ type: fc.constantFrom("S", "x"), value: longstr }),
    fc.record({ type: fc.constant("t"), value: fc.boolean() }),
    fc.record({ type: fc.constant("b"), value: fc.integer({ min: -128, max: 127 }) }),
    fc.record({ type: fc.constant("B"), value: fc.nat(255) }),
    fc.record({ type: fc.constant("s"), value: fc.integer({ min: -32_768, max: 32_767 }) }),
    fc.record({ type: fc.constant("u"), value: fc.nat(65_535) }),
    fc.record({ type: fc.constant("I"), value: fc.integer() }),
    fc.record({ type: fc.constant("i"), value: fc.nat(0xffff_ffff) }),
    fc.record({ type: fc.constant("l"), value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) }),
    fc.record({ type: fc.constant("T"), value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
    fc.record({ type: fc.constant("f"), value: fc.float({ noNaN: true }) }),
    fc.record({ type: fc.constant("d"), value: fc.double({ noNaN: true }) }),
    fc.record({
      type: fc.constant("D"),
      value: fc.record({ scale: fc.nat(255), digits: fc.nat(0xffff_ffff) }),
    }),
    fc.record({ type: fc.constant("V"), value: fc.constant(undefined) }),
    fc.record({ type: fc.constant("A"), value: fc.array(tie("field"), { maxLength: 4 }) }),
    fc.record({ type: fc.constant("F"), value: tie("table") }),
  ) as fc.Arbitrary<Field>,
  table: fc.array(fc.tuple(shortstr, tie("field")), { maxLength: 5 }).map((entries) => new Map(entries)),
}));

const kinds: Readonly<Record<Kind, fc.Arbitrary<unknown>>> = {
  octet: fc.nat(255),
  short: fc.nat(65_535),
  long: fc.nat(0xffff_ffff),
  longlong: fc.maxSafeNat(),
  bit: fc.boolean(),
  shortstr,
  longstr,
  table,
};

const method = fc.constantFrom(...methodTable()).chain(({ name, fields }) =>
  fc.record({
    name: fc.constant(name),
    args: fc.record(Object.fromEntries(fields.map(([field, kind]) => [field, kinds[kind]]))),
  }),
);

function encoded({ name, args }: { name: Parameters<typeof encodeMethod>[1]; args: object }): Buffer {
  const writer = new Writer();
  encodeMethod(writer, name, args);
  return writer.take();
}

test("every method of the table is read as it was written", () =>
  fc.assert(
    fc.property(method, (each) => {
      const payload = encoded(each);
      expect(methodNameOf(payload)).toBe(each.name);
      expect(decodeMethod(payload)).toEqual(each);
    }),
    { numRuns: 500 },
  ));

const properties: fc.Arbitrary<Properties> = fc.record(
  {
    contentType: shortstr,
    contentEncoding: shortstr,
    headers: table,
    deliveryMode: fc.nat(255),
    priority: fc.nat(255),
    correlationId: shortstr,
    replyTo: shortstr,
    expiration: shortstr,
    messageId: shortstr,
    timestamp: fc.maxSafeNat(),
    type: shortstr,
    userId: shortstr,
    appId: shortstr,
    clusterId: shortstr,
  },
  { requiredKeys: [] },
);

test("properties are read as they were written, in every combination", () =>
  fc.assert(
    fc.property(properties, (each) => {
      expect(decodeProperties(encodeProperties(each))).toEqual(each);
    }),
  ));

test("frames come out whole and in order, wherever the bytes are cut", () => {
  const cuts = fc.array(fc.nat(3_000), { maxLength: 12 });
  return fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), cuts, (payloads, places) => {
      const writer = new Writer();
      payloads.forEach((payload, index) => {
        writeFrame(writer, FRAME.body, index, () => writer.bytes(Buffer.from(payload)));
      });
      const bytes = writer.take();
      const parser = new FrameParser(4_096);
      const found: number[][] = [];
      const edges = [
        0,
        ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b),
        bytes.length,
      ];
      for (let i = 1; i < edges.length; i += 1) {
        parser.push(bytes.subarray(edges[i - 1], edges[i]));
        for (let frame = parser.next(); frame; frame = parser.next())
          found.push([frame.amqpChannel, ...frame.payload]);
      }
      expect(found).toEqual(payloads.map((payload, index) => [index, ...payload]));
    }),
  );
});

test("a body is cut into frames of the allowed size, which together are the body", () =>
  fc.assert(
    fc.property(fc.nat(20_000), fc.integer({ min: 4_096, max: 9_000 }), (size, frameMax) => {
      const body = Buffer.alloc(size, "body");
      const writer = new Writer();
      writeContent(writer, 3, encodeProperties({}), body, frameMax);
      const parser = new FrameParser(frameMax);
      parser.push(writer.take());
      const parts: Buffer[] = [];
      for (let frame = parser.next(); frame; frame = parser.next()) {
        if (frame.type === FRAME.body) parts.push(frame.payload);
      }
      expect(Buffer.concat(parts).equals(body)).toBe(true);
    }),
  ));

test("broken bytes are an AmqpError and nothing else", () => {
  const broken = fc.tuple(
    method.map(encoded),
    fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 4 }),
    fc.nat(2_000),
  );
  return fc.assert(
    fc.property(broken, ([payload, changes, cut]) => {
      const bytes = Buffer.from(payload.subarray(0, cut));
      for (const [place, value] of changes) if (bytes.length > 0) bytes[place % bytes.length] = value;
      try {
        decodeMethod(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(AmqpError);
      }
      try {
        decodeProperties(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(AmqpError);
      }
      expect(bytesText(bytes)).toMatch(/^<<.*>>$/s);
    }),
    { numRuns: 2_000 },
  );
});

test("tables nested without end are refused, not followed", () => {
  let deep: Table = new Map();
  for (let i = 0; i < 200; i += 1) deep = new Map([["k", { type: "F", value: deep } satisfies Field]]);
  expect(() => decodeProperties(encodeProperties({ headers: deep }))).toThrow("nested too deeply");
});
