import { expect, test } from "vitest";
import { Feed } from "../src/feed.ts";

const nobody = (): void => {};

/** What a reader is told now, chunk by chunk. */
function told(reader: { chunk(): string | undefined }): string {
  let text = "";
  for (let chunk = reader.chunk(); chunk !== undefined; chunk = reader.chunk()) text += chunk;
  return text;
}

const ids = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

test("a new page starts afresh, and hears all states and all events in order", () => {
  const feed = new Feed();
  feed.append("a");
  feed.set("weather", "sun");
  feed.append("b");
  expect(told(feed.read(undefined, nobody))).toBe(
    'event: weather\ndata: "sun"\n\nevent: start\ndata: {"missed":0}\n\nid: 1\ndata: "a"\n\nid: 2\ndata: "b"\n\n',
  );
});

test("a page that comes back goes on after the event that it has seen, without a fresh start", () => {
  const feed = new Feed();
  for (const value of ["a", "b", "c"]) feed.append(value);
  expect(told(feed.read(2, nobody))).toBe('id: 3\ndata: "c"\n\n');
  expect(told(feed.read(3, nobody))).toBe("");
});

test("a page that has seen more than there is comes from another feed, and starts afresh", () => {
  const feed = new Feed();
  feed.append("a");
  expect(told(feed.read(2, nobody))).toMatch(/^event: start\n/);
});

test("of a state only the last value is told, and once", () => {
  const feed = new Feed();
  const reader = feed.read(undefined, nobody);
  told(reader);
  feed.set("weather", "sun");
  feed.set("weather", "rain");
  expect(told(reader)).toBe('event: weather\ndata: "rain"\n\n');
  feed.set("weather", "rain");
  expect(told(reader)).toBe("");
});

test("a page that is too slow is told how much it missed, and starts afresh with what is kept", () => {
  const feed = new Feed({ events: 10 });
  feed.append(1);
  const slow = feed.read(undefined, nobody);
  expect(ids(told(slow))).toEqual([1]);
  for (let value = 2; value <= 100; value++) feed.append(value);
  const text = told(slow);
  expect(text).toMatch(/^event: start\ndata: \{"missed":90\}\n\n/);
  expect(ids(text)).toEqual([91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
});

test("what is kept is bounded in events and in characters, however long nobody reads", () => {
  const feed = new Feed({ events: 100, characters: 10_000 });
  const reader = feed.read(undefined, nobody);
  for (let value = 0; value < 50_000; value++) feed.append("x".repeat(value % 7));
  expect(feed.end - feed.first).toBe(100);
  for (let value = 0; value < 100; value++) feed.append("y".repeat(1000));
  expect(feed.end - feed.first).toBeLessThanOrEqual(10);
  expect(told(reader).length).toBeLessThan(11_000);
});

test("one event that is larger than all that may be kept is kept alone", () => {
  const feed = new Feed({ characters: 10 });
  feed.append("a");
  feed.append("b".repeat(100));
  expect(feed.end - feed.first).toBe(1);
});

test("a chunk is bounded: a page that does not read holds one chunk, not the whole list", () => {
  const feed = new Feed();
  for (let value = 0; value < 1000; value++) feed.append("x".repeat(1000));
  const first = feed.read(undefined, nobody).chunk();
  expect(first?.length).toBeLessThan(70_000);
});

test("a closed page is called no more", () => {
  const feed = new Feed();
  let calls = 0;
  const reader = feed.read(undefined, () => calls++);
  feed.append("a");
  reader.close();
  feed.append("b");
  feed.set("weather", "sun");
  expect(calls).toBe(1);
});

test("a line break in an event is no end of it", () => {
  const feed = new Feed();
  feed.append({ text: "one\n\ndata: two" });
  expect(told(feed.read(0, nobody))).toBe('id: 1\ndata: {"text":"one\\n\\ndata: two"}\n\n');
});
