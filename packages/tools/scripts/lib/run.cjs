"use strict";

// Installs what is missing, then turns this very process into the program. No second process means that Ctrl-C, exit
// codes and the terminal need no forwarding: the program gets them as if it had been started by hand.

const { existsSync } = require("node:fs");
const { join, resolve } = require("node:path");
const { pathToFileURL } = require("node:url");
const { ensureInstalled } = require("./install.cjs");
const { provideTmp } = require("./places.cjs");

const ROOT = resolve(__dirname, "../../../..");

const PROGRAMS = {
  start: "packages/demo/src/main.ts",
  test: "packages/tools/src/gate/main.ts",
  check: "packages/tools/src/gate/main.ts",
  learn: "packages/learn/src/main.ts",
};

/** Runs the program behind an npm script. `args` are what the user wrote after `--`. */
async function run(name, args) {
  const program = PROGRAMS[name];
  if (program === undefined && name !== "install") {
    process.stderr.write(`launch.cjs knows install, ${Object.keys(PROGRAMS).join(", ")}, not "${name}".\n`);
    process.exit(1);
  }
  process.chdir(ROOT);
  provideTmp(ROOT);
  await ensureInstalled(ROOT);
  if (name === "install") return;
  const file = join(ROOT, program);
  if (!existsSync(file)) {
    process.stderr.write(`${program} is missing from this clone. Try: git status, git restore ${program}\n`);
    process.exit(1);
  }
  await become(file, args);
}

/** Same as `node --import tsx file ...args` from here on, without the second process. */
async function become(file, args) {
  const tsx = pathToFileURL(require.resolve("tsx", { paths: [ROOT] })).href;
  process.argv = [process.execPath, file, ...args];
  // Programs that start more of themselves hand these flags down (child_process.fork does so by itself).
  process.execArgv = ["--import", tsx];
  await import(tsx);
  await import(pathToFileURL(file).href);
}

module.exports = { run };
