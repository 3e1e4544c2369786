import { once } from "node:events";
import { symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { BODY_MAX } from "../src/body.ts";
import { type LivePage, readFolder } from "../src/index.ts";
import { answer, ask, folder, invited, open, type TestAction } from "./support/page.ts";

const nothing = async (): Promise<void> => {};

async function opened(): Promise<{ page: LivePage; done: TestAction[] }> {
  const done: TestAction[] = [];
  const page = await open(async (action) => {
    if (action.do === "fail") throw new Error("nobody is there to wave at");
    done.push(action);
  });
  return { page, done };
}

const WAVE = { method: "POST", body: '{"do":"wave"}' };

test("an action with the link's token is done, and one that fails says why", async () => {
  const { page, done } = await opened();
  expect(await answer(page, "/act", { ...WAVE, headers: invited(page) })).toEqual({
    status: 200,
    body: "done\n",
  });
  expect(done).toEqual([{ do: "wave" }]);
  expect(await answer(page, "/act", { ...WAVE, body: '{"do":"fail"}', headers: invited(page) })).toEqual({
    status: 409,
    body: "nobody is there to wave at\n",
  });
});

const strangers: [string, (page: LivePage) => Record<string, string | undefined>, number][] = [
  ["no token", () => ({ authorization: undefined }), 401],
  ["an empty token", () => ({ authorization: "Bearer " }), 401],
  [
    "another token of the same length",
    ({ token }) => ({ authorization: `Bearer ${"A".repeat(token.length)}` }),
    401,
  ],
  ["a token that only begins right", ({ token }) => ({ authorization: `Bearer ${token.slice(0, -1)}` }), 401],
  ["a token that goes on", ({ token }) => ({ authorization: `Bearer ${token}A` }), 401],
  ["a foreign name that points here", ({ url }) => ({ host: `evil.example:${new URL(url).port}` }), 403],
  ["this machine by another port's name", () => ({ host: "127.0.0.1:1" }), 403],
  ["a foreign page", () => ({ origin: "https://evil.example" }), 403],
  ["a page of another port of this machine", () => ({ origin: "http://127.0.0.1:1" }), 403],
  ["a page without an address", () => ({ origin: "null" }), 403],
];

test.each(strangers)("%s neither acts nor sees", async (_, lie, status) => {
  const { page, done } = await opened();
  page.feed.append("a secret");
  const headers = Object.fromEntries(
    Object.entries({ ...invited(page), ...lie(page) }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  for (const [path, options] of [
    ["/act", WAVE],
    ["/events", {}],
  ] as const) {
    const { status: got, body } = await answer(page, path, { ...options, headers });
    expect(got).toBe(status);
    expect(body).not.toContain("secret");
    expect(body.trim().split("\n")).toHaveLength(1);
  }
  expect(done).toEqual([]);
  expect(page.pages).toBe(0);
});

test("an action without an Origin is no page's", async () => {
  const { page, done } = await opened();
  const { origin: _, ...headers } = invited(page);
  expect((await answer(page, "/act", { ...WAVE, headers })).status).toBe(403);
  expect(done).toEqual([]);
});

test("a foreign name gets not even the static files", async () => {
  const { page } = await opened();
  expect((await answer(page, "/", { headers: { host: "evil.example" } })).status).toBe(403);
  expect((await answer(page, "/")).body).toBe("<p>hello</p>");
});

const bodies: [string, string, number][] = [
  ["no JSON", "wave", 400],
  ["nothing", "", 400],
  ["an action that there is not", '{"do":"burn"}', 400],
  ["a field that there is not", '{"do":"wave","more":1}', 400],
  ["one byte too many", `{"do":"wave"}${" ".repeat(BODY_MAX - 12)}`, 413],
  ["a hundred times too many", " ".repeat(BODY_MAX * 100), 413],
];

test.each(bodies)("an action of %s is one line, and nothing is done", async (_, body, status) => {
  const { page, done } = await opened();
  const got = await answer(page, "/act", { method: "POST", body, headers: invited(page) });
  expect(got.status).toBe(status);
  expect(got.body.trim().split("\n")).toHaveLength(1);
  expect(done).toEqual([]);
});

test("an action as a form sends it is not taken", async () => {
  const { page, done } = await opened();
  const headers = { ...invited(page), "content-type": "text/plain" };
  expect((await answer(page, "/act", { ...WAVE, headers })).status).toBe(415);
  expect(done).toEqual([]);
});

test("no path leads out of the folder, and no link", async () => {
  const outside = await folder({ "secret.txt": "secret" });
  const inside = await folder({ "index.html": "<p>hello</p>" });
  await symlink(join(outside, "secret.txt"), join(inside, "link.txt"));
  const page = await open(nothing, { files: await readFolder(inside) });
  // It is read once: what comes later is not served.
  await writeFile(join(inside, "later.txt"), "later");
  const name = outside.split("/").at(-1);
  for (const path of [
    "/link.txt",
    "/later.txt",
    `/../${name}/secret.txt`,
    `/..%2f${name}%2fsecret.txt`,
    `/%2e%2e/${name}/secret.txt`,
    `/..\\${name}\\secret.txt`,
    `//${outside}/secret.txt`,
    `${outside}/secret.txt`,
    "/index.html%00.txt",
    "/__proto__",
  ]) {
    const { status, body } = await answer(page, path);
    expect([path, status, body]).toEqual([path, 404, "there is no such file\n"]);
  }
});

test("a folder without a page is told in one line", async () => {
  await expect(readFolder(await folder({ "a.js": "1;" }))).rejects.toThrow(
    /holds no index\.html: the page is not built$/,
  );
});

test("each answer has a strict policy, and none lets a foreign page read", async () => {
  const { page } = await opened();
  for (const path of ["/", "/a.js", "/none", "/events"]) {
    const { headers } = await ask(page, path);
    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/,
    );
    expect(headers["content-security-policy"]).not.toMatch(/unsafe|\*/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  }
  const preflight = { method: "OPTIONS", headers: { origin: "https://evil.example" } };
  expect((await answer(page, "/act", preflight)).status).toBe(403);
});

test("it listens on loopback only", async () => {
  const { page } = await opened();
  expect(new URL(page.url).hostname).toBe("127.0.0.1");
  expect(page.token).toMatch(/^[\w-]{43}$/);
});

test("a port that is taken is Node's own error, which a program tells in one line", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  await expect(open(nothing, { port })).rejects.toMatchObject({
    code: "EADDRINUSE",
    syscall: "listen",
    port,
  });
  other.close();
});

test("it closes while a page looks, and the page has heard all", async () => {
  const { page } = await opened();
  const response = await ask(page, "/events", { headers: invited(page) });
  const all = text(response);
  page.feed.append("the last word");
  await page.close();
  expect(await all).toContain("the last word");
});
