"use strict";

// Finds a pnpm of the right major without changing the machine: one on the PATH, else the one that npm fetches into
// its own cache and runs from there. Corepack's pnpm is left alone: it may ask, download, or fail its signature check.

const { spawnSync } = require("node:child_process");
const { accessSync, constants, realpathSync } = require("node:fs");
const { basename, delimiter, dirname, join } = require("node:path");

const PNPM = "12.21.0";
const isWindows = process.platform === "win32";

function* onPath(name) {
  for (const folder of (process.env.PATH || "").split(delimiter)) {
    const file = join(folder, isWindows ? `${name}.cmd` : name);
    try {
      accessSync(file, constants.X_OK);
      yield file;
    } catch {
      // Not there, or not ours to run: the next folder may have one.
    }
  }
}

function isRightMajor(file) {
  if (/corepack/.test(realpathSync(file))) return false;
  const answer = spawnSync(file, ["--version"], { encoding: "utf8", timeout: 5000, shell: isWindows });
  return answer.status === 0 && answer.stdout.trim().split(".")[0] === PNPM.split(".")[0];
}

/** The npm that runs us, else the one on the PATH: [command, first arguments]. */
function findNpm() {
  const exec = process.env.npm_execpath || "";
  if (basename(exec) === "npm-cli.js") return [process.execPath, exec];
  for (const file of onPath("npm")) return [file];
  // Node's own folder has npm beside it wherever Node was installed as a whole.
  return [join(dirname(process.execPath), isWindows ? "npm.cmd" : "npm")];
}

/** The command line that runs pnpm, as a list; the arguments for pnpm itself are to be appended. */
function pnpmCommand() {
  for (const file of onPath("pnpm")) if (isRightMajor(file)) return [file];
  const quick = ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  return [
    ...findNpm(),
    "exec",
    "--yes",
    "--loglevel=error",
    ...quick,
    "--package",
    `pnpm@${PNPM}`,
    "--",
    "pnpm",
  ];
}

module.exports = { pnpmCommand };
