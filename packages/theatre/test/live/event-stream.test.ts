import fc from "fast-check";
import { expect, test } from "vitest";
import { EventStream } from "../../src/modes/live/event-stream.ts";

test("messages have their name, number and data", () => {
  const text = 'event: start\ndata: {"missed":0}\n\n: still here\n\nid: 7\ndata: {"a":1}\n\n';
  expect(new EventStream().push(text)).toEqual([
    { event: "start", data: '{"missed":0}', id: undefined },
    { event: "message", data: '{"a":1}', id: "7" },
  ]);
});

test("it does not matter where the network cuts", () => {
  const text =
    'event: nodes\ndata: [1]\n\nid: 1\ndata: "a: b"\n\n: beat\n\nid: 2\r\ndata: one\r\ndata: two\r\n\r\n';
  const whole = new EventStream().push(text);
  expect(whole).toHaveLength(3);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), text.length];
      const stream = new EventStream();
      const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
      expect(pieces.flatMap((piece) => stream.push(piece))).toEqual(whole);
    }),
  );
});

test("a message that is not complete is not told", () => {
  const stream = new EventStream();
  expect(stream.push("id: 1\ndata: x\n")).toEqual([]);
  expect(stream.push("\n")).toEqual([{ event: "message", data: "x", id: "1" }]);
});

test("a line without an end is an error, not memory", () => {
  const stream = new EventStream();
  expect(() => {
    for (let piece = 0; piece < 100; piece++) stream.push("x".repeat(100_000));
  }).toThrow("the stream has a line without an end");
});
