/** `npm start -- --page` as people run it: real processes, and a page without a browser that commands and kills. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Action, NodeState } from "@shirts/live/messages";
import { expect, onTestFinished, test, vi } from "vitest";
import { alive, demo, descendants, EMBEDDED } from "./support/demo.ts";
import { openPage, type PageClient } from "./support/page-client.ts";

/** Each play is up to six processes. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

// Each test builds the page and starts up to six processes; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 180_000 });

const PURPLE: Action = { do: "command", area: "north-america", shirt: "purple" };
const BLUE: Action = { do: "command", area: "north-america", shirt: "blue" };
const SMALL = "--page --json --people 1000 --steps 20";

const stateOf = ({ states }: PageClient, name: string): NodeState["state"] | undefined =>
  states.nodes?.find((node) => node.name === name)?.state;

const allRun = (page: PageClient) =>
  stateOf(page, "node 1") === "running" && stateOf(page, "node 2") === "running";

async function newFile(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "page-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

test("a page commands, kills the node that walks, and sees the table's own verdict; the trace is kept", async () => {
  const file = await newFile("kept.jsonl");
  const play = demo(`${SMALL} --stage v2 --pace 60 --keep ${file}`, EMBEDDED);
  const page = await openPage(play);
  await page.until(allRun);
  expect(await page.act(PURPLE)).toBe("done");
  await page.until(({ events }) => events.some(({ type }) => type === "painted"));
  const { node } = page.events.find(({ type }) => type === "painted") ?? expect.fail("somebody paints");
  const pid = page.states.nodes?.find(({ name }) => name === node)?.pid ?? 0;
  expect(alive([pid])).toEqual([pid]);
  expect(await page.act({ do: "kill", node })).toBe("done");
  expect(alive([pid])).toEqual([]);
  // Another node gets the job again, and a new process takes the dead one's place.
  await page.until(({ events }) => events.some((event) => event.type === "acked" && event.node !== node));
  expect(await page.act({ do: "start", node })).toBe("done");
  await page.until(() => stateOf(page, node) === "running");
  await page.until(
    ({ states }) => states.verdict?.isAtRest === true && states.verdict.verdicts[0]?.revision === 1,
  );
  expect(page.states.verdict?.verdicts[0]).toMatchObject({
    commanded: "purple",
    wrong: 0,
    wearing: { purple: 1000 },
  });
  const family = descendants(play.pid);
  expect(await page.act({ do: "end" })).toBe("done");
  await page.ended;
  expect(page.states.play?.over).toBe("It was ended on the page.");
  expect(await play.ended).toEqual({ code: 0, err: "" });
  await expect.poll(() => alive(family), { timeout: 10_000 }).toEqual([]);
  const kept = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(kept).toEqual(page.events);
  expect(kept.at(-1)).toMatchObject({ type: "verdict", verdict: { area: "north-america", wrong: 0 } });
});

inCi("a frozen node of v3 wakes up too late and does damage, which the table counts (in CI)", async () => {
  const play = demo(`${SMALL} --stage v3 --pace 400,20`, EMBEDDED);
  const page = await openPage(play);
  await page.until(allRun);
  // What is held back can hear no cancel: what it paints after BLUE is the fence's business, and v3 has none.
  expect(await page.act(PURPLE)).toBe("done");
  await page.until(({ events }) => events.some(({ type, node }) => type === "painted" && node === "node 1"));
  expect(await page.act({ do: "hold", node: "node 1" })).toBe("done");
  expect(await page.act({ do: "freeze", node: "node 1" })).toBe("done");
  expect(await page.act(BLUE)).toBe("done");
  await page.until(({ events }) => events.some(({ type, node }) => type === "acked" && node === "node 2"));
  expect(await page.act({ do: "wake", node: "node 1" })).toBe("done");
  await page.until(({ events }) => events.some((event) => event.type === "painted" && event.stale === true));
  expect(await page.act({ do: "count" })).toBe("done");
  await page.until(({ states }) => (states.verdict?.verdicts[0]?.stale ?? 0) > 0);
  const [counted] = page.states.verdict?.verdicts ?? [];
  expect(counted).toMatchObject({ commanded: "blue" });
  expect(counted?.wrong).toBeGreaterThan(0);
  expect(await page.act({ do: "end" })).toBe("done");
  expect((await play.ended).code).toBe(0);
});

inCi("what cannot be done is one line, and does no harm (in CI)", async () => {
  const play = demo(`${SMALL} --pace 10 --nodes 2`, EMBEDDED);
  const page = await openPage(play);
  await page.until(allRun);
  expect(await page.act({ do: "freeze", node: "node 9" })).toBe("there is no node 9");
  expect(await page.act({ do: "wake", node: "node 1" })).toBe("node 1 is not frozen");
  expect(await page.act({ do: "start", node: "node 1" })).toBe("node 1 runs already");
  expect(await page.act({ do: "freeze", node: "node 1" })).toBe("done");
  expect(await page.act({ do: "freeze", node: "node 1" })).toMatch(/^node 1 is frozen: /);
  // SIGKILL reaches also a process that is stopped.
  expect(await page.act({ do: "kill", node: "node 1" })).toBe("done");
  expect(await page.act({ do: "kill", node: "node 1" })).toBe("node 1 has ended");
  expect(await page.act({ do: "cut", node: "node 2" })).toBe("done");
  await page.until(({ events }) => events.some(({ type }) => type === "reconnected"));
  const family = descendants(play.pid);
  play.kill("SIGINT");
  await page.ended;
  expect(page.states.play?.over).toBe("It was ended in the terminal.");
  expect((await play.ended).code).toBe(130);
  await expect.poll(() => alive(family), { timeout: 10_000 }).toEqual([]);
});

inCi("a play that is killed leaves its trace, and no process (in CI)", async () => {
  const file = await newFile("kept.jsonl");
  const play = demo(`${SMALL} --keep ${file}`, EMBEDDED);
  const page = await openPage(play);
  await page.until(allRun);
  const family = descendants(play.pid);
  expect(family.length).toBeGreaterThanOrEqual(4);
  play.kill("SIGKILL");
  await play.ended;
  await expect.poll(() => alive(family), { timeout: 10_000 }).toEqual([]);
  expect(readFileSync(file, "utf8")).toContain('"ready"');
});

test("a port that is taken is one clear line", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { code, err } = await demo(`--page --port ${port}`, EMBEDDED).ended;
  other.close();
  expect(code).toBe(1);
  expect(err).toBe(
    `demo: another program listens on port ${port}. Take another one with --port, or 0 for any that is free.\n`,
  );
});

test("a file that cannot be written is one clear line, before anything starts", async () => {
  const play = demo(`--page --keep ${await newFile("no/such/folder.jsonl")}`, EMBEDDED);
  const { code, err } = await play.ended;
  expect(code).toBe(2);
  expect(err).toMatch(/^demo: --keep: ENOENT.*\n$/);
  expect(play.lines).toEqual([]);
});
