import { UsageError } from "@shirts/command-line";
import { describe, expect, test } from "vitest";
import { serveFiles } from "../src/serve/serve-files.ts";

const file = (type: string, body: string) => ({ type, body: Buffer.from(body) });
const files = new Map([
  ["/", file("text/html", "<h1>page</h1>")],
  ["/assets/a.js", file("text/javascript", "1;")],
]);

describe("the page on this machine", () => {
  test("has its files, and nothing else", async () => {
    const served = await serveFiles(files, 0);
    try {
      const page = await fetch(`${served.url}?embed`);
      expect([page.status, page.headers.get("content-type"), await page.text()]).toEqual([
        200,
        "text/html",
        "<h1>page</h1>",
      ]);
      expect((await fetch(`${served.url}assets/a.js`)).status).toBe(200);
      expect((await fetch(`${served.url}..%2fpackage.json`)).status).toBe(404);
      expect((await fetch(served.url, { method: "POST" })).status).toBe(404);
    } finally {
      served.close();
    }
  });

  test("a taken port is one clear line", async () => {
    const served = await serveFiles(files, 0);
    try {
      const port = Number(new URL(served.url).port);
      const second = serveFiles(files, port);
      await expect(second).rejects.toThrow(UsageError);
      await expect(second).rejects.toThrow(`Port ${port} is taken.`);
    } finally {
      served.close();
    }
  });
});
