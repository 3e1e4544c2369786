/** `pnpm theatre` as a process of its own. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { someOf } from "@shirts/command-line/testing";
import { afterAll, expect, test } from "vitest";
import { decode } from "../src/link/link.ts";

/** Each starts a server. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

const MAIN = fileURLToPath(new URL("../src/serve-main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "theatre-main-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function theatre(...args: string[]) {
  return spawn(process.execPath, ["--import", import.meta.resolve("tsx"), MAIN, "--no-open", ...args]);
}

/** Its address, while it serves; then Ctrl-C. */
async function shown<T>(args: string[], look: (address: URL) => Promise<T>): Promise<T> {
  const child = theatre(...args);
  try {
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    return await look(new URL(/^The page is at (\S+) /.exec(line)?.[1] ?? line));
  } finally {
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([0, null]);
  }
}

test("a scene's name opens the page at that scene", async () => {
  const { page, opened } = await shown(["v2-cross"], async (address) => ({
    page: await (await fetch(address)).text(),
    opened: await decode(address.hash.replace("#schedule/", "")),
  }));
  expect(page).toContain('<div id="app">');
  expect(opened).toMatchObject({ ok: true, kind: "schedule", value: { level: "v2-cross", moves: [] } });
});

inCi("--embed opens a scene without the rest of the page (in CI)", async () => {
  const { search, hash } = await shown(["overtaken", "--embed"], async (address) => address);
  expect(search).toBe("?embed");
  expect(await decode(hash.replace("#watch/", ""))).toMatchObject({ ok: true, kind: "watch" });
});

inCi("--trace opens the page at that trace (in CI)", async () => {
  const trace = join(folder, "a.jsonl");
  writeFileSync(trace, "{}\n");
  const served = await shown(["--trace", trace], async (address) => {
    const place = address.hash.replace("#replay/", "");
    return (await fetch(new URL(place, address))).text();
  });
  expect(served).toBe("{}\n");
});

test.each(
  someOf(2, [
    [["nowhere"], /^theatre: There is no scene "nowhere"\. There are: overtaken, /],
    [["--embed"], /^theatre: --embed shows one scene: name it\.$/],
    [["v1", "--trace", "x"], /^theatre: Either a scene or --trace: the page shows one\.$/],
    [["--trace", "/no/such/file"], /^theatre: --trace: ENOENT/],
  ]),
)("%j is one line and exit code 2", async (args, line) => {
  const child = theatre(...args);
  const [told, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  expect(told.trim()).toMatch(line);
  expect(told.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(2);
});
