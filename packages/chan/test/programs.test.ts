/** What whole Node programs say when they end. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

function run(program: string): { status: number | null; stdout: string; stderr: string } {
  const path = fileURLToPath(new URL(`./programs/${program}.ts`, import.meta.url));
  return spawnSync(process.execPath, ["--import", "tsx", path], { encoding: "utf8" });
}

test("a program whose routines are all asleep says so, lists them with their lines and exits with 2", {
  timeout: 60_000,
}, () => {
  const { status, stderr } = run("main-asleep");
  expect(stderr).toMatch(/^fatal error: all goroutines are asleep - deadlock!\n/);
  expect(stderr).toMatch(
    /goroutine 1 \[chan receive\]:\n {4}at step \(.*main-asleep\.ts:21:\d+\)\n {4}at main \(.*main-asleep\.ts:17:\d+\)/,
  );
  expect(stderr).toMatch(/goroutine 2 \[select\]:\n {4}at worker \(.*main-asleep\.ts:11:\d+\)/);
  expect(status).toBe(2);
});

test("an unsettled top-level await on a chan is a deadlock", { timeout: 60_000 }, () => {
  const { status, stderr } = run("top-level-await");
  expect(stderr).toMatch(/deadlock!\n\ngoroutine 1 \[chan send\]:\n {4}at .*top-level-await\.ts:4:\d+/);
  expect(status).toBe(2);
});

test("a routine of go that is blocked when main ends is no deadlock", { timeout: 60_000 }, () => {
  expect(run("main-ended")).toMatchObject({ status: 0, stderr: "", stdout: "main ends\npaint\n" });
});

test("an unhandled error in a routine of go ends the program", { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = run("panic");
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("boom");
});

test("a routine that go started and that only returns its operation is asleep too", {
  timeout: 60_000,
}, () => {
  const { status, stderr } = run("go-returns");
  expect(stderr).toMatch(
    /deadlock!\n\ngoroutine 1 \[chan receive\]:\n {4}at main \(.*go-returns\.ts:\d+:\d+\)/,
  );
  expect(stderr).toMatch(/goroutine 2 \[chan send\]/);
  expect(status).toBe(2);
});

test("a routine of go that waits for several chans at once is one routine, and no deadlock when main ends", {
  timeout: 60_000,
}, () => {
  expect(run("waits-for-all")).toMatchObject({ status: 0, stderr: "", stdout: "main ends\n" });
});

test("a deadlock is reported also when the program has set an exit code, which stays", {
  timeout: 60_000,
}, () => {
  const { status, stderr } = run("own-exit-code");
  expect(stderr).toContain("all goroutines are asleep - deadlock!");
  expect(status).toBe(3);
});

test("a host program keeps its exit code and its output when a listener that nobody awaits is asleep", {
  timeout: 60_000,
}, () => {
  expect(run("listener-asleep")).toMatchObject({ status: 0, stderr: "", stdout: "the host ends\n" });
});
