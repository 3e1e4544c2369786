/**
 * The table "Go and TypeScript" of the README is made from this file: each title is the Go, each line marked `#ts` the TypeScript
 * that the test runs. `UPDATE=1 pnpm --filter chan test readme` writes the table.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  after,
  chan,
  go,
  type RecvChan,
  receiving,
  type SendChan,
  select,
  sending,
  sleep,
  tick,
  trySelect,
  WaitGroup,
  withTimeout,
} from "../src/index.ts";
import { bubble } from "../src/testing/index.ts";

const x = 7;

test("c := make(chan int, 1)", () => {
  const c = chan<number>(1); // #ts
  expect(c.cap).toBe(1);
});

test("c <- x", async () => {
  const c = chan<number>(1);
  await c.send(x); // #ts
  expect(c.len).toBe(1);
});

test("v, ok := <-c", async () => {
  const c = chan<number>(1);
  c.trySend(x);
  const [v, ok] = await c.recv(); // #ts
  expect([v, ok]).toEqual([x, true]);
});

test("for v := range c { sum += v }", async () => {
  const c = chan<number>(3);
  for (let i = 1; i <= 3; i++) c.trySend(i);
  c.close();
  let sum = 0;
  for await (const v of c) sum += v; // #ts
  expect(sum).toBe(6);
});

test("close(c)", async () => {
  const c = chan<number>();
  c.close(); // #ts
  expect(await c.recv()).toEqual([undefined, false]);
});

test("len(c), cap(c)", () => {
  const c = chan<number>(2);
  const sizes = [c.len, c.cap]; // #ts
  expect(sizes).toEqual([0, 2]);
});

test("go work(c, x)", async () => {
  const c = chan<number>();
  const work = (out: SendChan<number>, n: number): Promise<void> => out.send(n);
  go(work, c, x); // #ts
  expect(await c.recv()).toEqual([x, true]);
});

test("var in <-chan int = c; var out chan<- int = c", () => {
  const c = chan<number>();
  const source: RecvChan<number> = c; // #ts
  const target: SendChan<number> = c; // #ts
  expect(source).toBe(target);
});

test("select { case c <- x: …; case v, ok := <-quit: … }", async () => {
  const c = chan<number>();
  const quit = chan<string>(1);
  quit.trySend("now");
  const told: unknown[] = [];
  const it = await select({ out: sending(c, x), quit: receiving(quit) }); // #ts
  if (it.case === "quit") told.push(it.value, it.ok); // #ts
  expect(told).toEqual(["now", true]);
});

test("select { case v := <-c: …; default: … }", () => {
  const c = chan<number>();
  const it = trySelect({ c: receiving(c) }); // #ts
  expect(it).toBeUndefined();
});

test("if running { jobs = nil }; select { case j := <-jobs: … }", () => {
  const jobs = chan<string>(1);
  jobs.trySend("paint");
  const running = true as boolean;
  const it = trySelect({ job: !running && receiving(jobs) }); // #ts
  expect(it).toBeUndefined();
});

test("time.Sleep(time.Second)", () =>
  bubble(async () => {
    await sleep(1000); // #ts
    expect((await after(0).recv())[1]).toBe(true);
  }));

test("select { case <-c: …; case <-time.After(time.Second): … }", () =>
  bubble(async () => {
    const c = chan<number>();
    const it = await select({ c: receiving(c), late: receiving(after(1000)) }); // #ts
    expect(it.case).toBe("late");
  }));

test("t := time.NewTicker(time.Second); <-t.C; t.Stop()", () =>
  bubble(async () => {
    const t = tick(1000); // #ts
    await t.recv(); // #ts
    t.stop(); // #ts
    expect(t.len).toBe(0);
  }));

test("var wg sync.WaitGroup; wg.Add(1); go func() { defer wg.Done(); … }(); wg.Wait()", async () => {
  let done = false;
  const wg = new WaitGroup(); // #ts
  // biome-ignore format: one line of the table
  wg.go(async () => { done = true; }); // #ts
  await wg.wait(); // #ts
  expect(done).toBe(true);
});

test("ctx, cancel := context.WithTimeout(parent, time.Second); select { case <-c: …; case <-ctx.Done(): return ctx.Err() }", () =>
  bubble(async () => {
    const parent = undefined;
    const c = chan<number>();
    const [ctx] = withTimeout(parent, 1000); // #ts
    const it = select({ c: receiving(c) }, ctx); // #ts
    await expect(it).rejects.toThrow("context deadline exceeded");
  }));

test("the README shows this table", () => {
  const source = readFileSync(new URL(import.meta.url), "utf8");
  const rows: string[] = [];
  for (const part of source.split(/^test\(/m).slice(1)) {
    const title = /^"(.+?)",/.exec(part)?.[1] ?? "";
    const lines = [...part.matchAll(/^ *(.+?) \/\/ #ts$/gm)].map((m) => `\`${m[1]}\``);
    if (lines.length > 0) rows.push(`| \`${title}\` | ${lines.join("<br>")} |`);
  }
  const table = ["| Go | TypeScript |", "| --- | --- |", ...rows].join("\n").replaceAll("||", "\\|\\|");
  const readme = new URL("../README.md", import.meta.url);
  const text = readFileSync(readme, "utf8");
  const made = text.replace(
    /(?<=<!-- note: the table.*-->\n)[\s\S]*(?=\n<!-- note: end of the table -->)/,
    () => table,
  );
  if (process.env.UPDATE === "1") writeFileSync(readme, made);
  else expect(text).toBe(made);
  expect(made).toContain(table);
});
