import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { ask, invited, open } from "./support/page.ts";

const nothing = async (): Promise<void> => {};

/** Reads a stream until `part` has come; resolves with all of it. */
async function readUntil(response: IncomingMessage, part: string): Promise<string> {
  let text = "";
  for await (const chunk of response.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes(part)) break;
  }
  return text;
}

test("events come as they happen, to several pages at once", async () => {
  const page = await open(nothing);
  const [one, other] = await Promise.all([0, 1].map(() => ask(page, "/events", { headers: invited(page) })));
  if (!one || !other) throw new Error("two pages were opened");
  expect(one.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
  expect(page.pages).toBe(2);
  page.feed.append({ n: 1 });
  for (const response of [one, other])
    expect(await readUntil(response, "id: 1")).toContain('id: 1\ndata: {"n":1}\n\n');
});

test("a page that comes back by an event's number hears only what it has not seen", async () => {
  const page = await open(nothing);
  page.feed.append("first");
  const before = await ask(page, "/events", { headers: invited(page) });
  await readUntil(before, "first");
  before.destroy();
  page.feed.append("second");
  const headers = { ...invited(page), "last-event-id": "1" };
  const text = await readUntil(await ask(page, "/events", { headers }), "second");
  expect(text).toBe('id: 2\ndata: "second"\n\n');
});

test("a number that is none is a new page's", async () => {
  const page = await open(nothing);
  page.feed.append("first");
  const headers = { ...invited(page), "last-event-id": "1; DROP" };
  expect(await readUntil(await ask(page, "/events", { headers }), "first")).toContain("event: start");
});

test("a closed page costs nothing: it is forgotten, and frees its place", async () => {
  const page = await open(nothing);
  const response = await ask(page, "/events", { headers: invited(page) });
  expect(page.pages).toBe(1);
  response.destroy();
  await expect.poll(() => page.pages).toBe(0);
});

test("more pages than people is one line", async () => {
  const page = await open(nothing);
  for (let count = 0; count < 32; count++) await ask(page, "/events", { headers: invited(page) });
  expect((await ask(page, "/events", { headers: invited(page) })).statusCode).toBe(503);
});

test("a page that does not read costs no memory, and starts afresh when it reads again", async () => {
  const page = await open(nothing, { limits: { events: 1000 } });
  const slow = await ask(page, "/events", { headers: invited(page) });
  slow.pause();
  const text = "x".repeat(1000);
  // Far more than the sockets of both sides hold, in many turns, so that the server writes what it can.
  for (let turn = 0; turn < 300; turn++) {
    for (let count = 0; count < 100; count++) page.feed.append(text);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(slow.readableLength).toBeLessThan(1_000_000);
  page.feed.append("the end");
  const told = await readUntil(slow, "the end");
  const missed = [...told.matchAll(/event: start\ndata: \{"missed":(\d+)\}/g)].map(([, count]) =>
    Number(count),
  );
  expect(missed).toHaveLength(2);
  expect(missed.at(-1)).toBeGreaterThan(10_000);
  expect(told.length).toBeLessThan(20_000_000);
  slow.destroy();
  await once(slow, "close");
});
