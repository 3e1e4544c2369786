import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const require = createRequire(import.meta.url);
const { isNewEnough } = require("../scripts/launch.cjs") as { isNewEnough: (version: string) => boolean };
const { isInstalled } = require("../scripts/lib/install.cjs") as { isInstalled: (root: string) => boolean };
const { adviceFor } = require("../scripts/lib/progress.cjs") as {
  adviceFor: (log: string, file: string) => string;
};

let root: string;

function put(file: string, text = ""): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** A clone in which everything is installed. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "shirts-install-"));
  put("pnpm-lock.yaml", "a: 1");
  put("node_modules/.pnpm/lock.yaml", "a: 1");
  put("node_modules/.modules.yaml");
  put("packages/one/package.json", '{ "dependencies": { "two": "2" } }');
  put("packages/one/node_modules/two/package.json");
  put("packages/alone/package.json", "{}");
});

afterEach(() => rmSync(root, { recursive: true }));

test("nothing is to be done when the installed lockfile is the wanted one", () => {
  expect(isInstalled(root)).toBe(true);
});

test("a changed lockfile is to be installed", () => {
  put("pnpm-lock.yaml", "a: 2");
  expect(isInstalled(root)).toBe(false);
});

test("an install that did not finish is to be repeated", () => {
  put(".cache/install-unfinished");
  expect(isInstalled(root)).toBe(false);
});

test("a fresh clone, and one with node_modules made by another tool, is to be installed", () => {
  rmSync(join(root, "node_modules/.modules.yaml"));
  expect(isInstalled(root)).toBe(false);
  rmSync(join(root, "node_modules"), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

test("a package without its own node_modules is to be installed", () => {
  rmSync(join(root, "packages/one/node_modules"), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

test("Node is new enough from 20.19 on", () => {
  expect(["20.19.0", "20.20.2", "22.1.0", "100.0.0"].map(isNewEnough)).toEqual([true, true, true, true]);
  expect(["20.18.9", "18.20.0", "8.17.0", "2.20.0"].map(isNewEnough)).toEqual([false, false, false, false]);
});

test("a failed install says what it means and shows the end of the log", () => {
  const noise = Array.from({ length: 50 }, (_, i) => `line ${i}`).join("\n");
  const advice = adviceFor(`${noise}\n\x1b[31mgetaddrinfo EAI_AGAIN\x1b[0m\n`, "the.log");
  expect(advice).toContain("The npm registry does not answer.");
  expect(advice).toContain("  getaddrinfo EAI_AGAIN\n");
  expect(advice).toContain("the.log");
  expect(advice).not.toContain("line 1\n");
});
