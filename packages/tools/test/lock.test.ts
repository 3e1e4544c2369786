import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

type HoldLock = (file: string, onWait: () => void) => Promise<() => void>;
const { holdLock } = createRequire(import.meta.url)("../scripts/lib/lock.cjs") as { holdLock: HoldLock };

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shirts-lock-"));
  file = join(folder, "lock");
});

afterEach(() => rmSync(folder, { recursive: true }));

const never = () => expect.unreachable("nobody else holds the lock");

test("of two that want the lock the second gets it when the first gives it back", async () => {
  const order: string[] = [];
  const release = await holdLock(file, never);
  const second = holdLock(file, () => {
    order.push("second waits");
    release();
    order.push("first gave back");
  }).then((releaseSecond) => {
    order.push("second holds");
    return releaseSecond;
  });
  (await second)();
  expect(order).toEqual(["second waits", "first gave back", "second holds"]);
  expect(existsSync(file)).toBe(false);
});

test("the lock of a dead process is taken away", async () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  writeFileSync(file, `${pid}\n`);
  (await holdLock(file, never))();
  expect(existsSync(file)).toBe(false);
});

test("a lock that its holder has not touched for long is taken away, also when a process has its number", async () => {
  writeFileSync(file, `${process.pid}\n`);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(file, longAgo, longAgo);
  (await holdLock(file, never))();
  expect(existsSync(file)).toBe(false);
});
