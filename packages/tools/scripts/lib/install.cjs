"use strict";

// Makes node_modules what pnpm-lock.yaml says, and only when it is not that already.
//
// 1. pnpm keeps a copy of the lockfile it installed: node_modules is right when the two are equal, or when the stamp of
//    the last install here names both (a lockfile merged by hand is not written the way pnpm writes it).
// 2. A marker file exists as long as an install is not finished. The next install that finds it starts from an empty node_modules:
//    whatever killed the last install, the next start repairs it. The packages themselves are still in the store.
// 3. One install at a time: a second start waits for the first.
// 4. pnpm runs in its own process group, so that an end of ours can end all of it.

const fs = require("node:fs");
const { spawn } = require("node:child_process");
const { createHash } = require("node:crypto");
const { delimiter, dirname, join } = require("node:path");
const { holdLock } = require("./lock.cjs");
const { placesIn } = require("./places.cjs");
const { pnpmCommand } = require("./pnpm.cjs");
const { adviceFor, Progress } = require("./progress.cjs");

const FLAGS = [
  "install",
  "--frozen-lockfile",
  // The lockfile is part of the clone, with a checksum for every package: no need to ask the registry about it again.
  "--trust-lockfile",
  "--prefer-offline",
  "--reporter=append-only",
];

const isWindows = process.platform === "win32";

function read(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

const stampFile = (root) => join(root, "node_modules/.launch-stamp");

function stampOf(wanted, installed) {
  return createHash("sha256").update(wanted).update(installed).digest("hex");
}

/** Remembers which lockfile led to what is installed now. */
function stamp(root) {
  const wanted = read(join(root, "pnpm-lock.yaml"));
  const installed = read(join(root, "node_modules/.pnpm/lock.yaml"));
  if (wanted && installed) fs.writeFileSync(stampFile(root), stampOf(wanted, installed));
}

/** Folders below packages/ that have something to install. */
function packagesIn(root) {
  return fs.readdirSync(join(root, "packages")).filter((name) => {
    const text = read(join(root, "packages", name, "package.json"));
    return text !== undefined && /"(dev)?[dD]ependencies"/.test(text.toString());
  });
}

/** True when node_modules is what the lockfile says. */
function isInstalled(root) {
  if (fs.existsSync(placesIn(root).unfinished)) return false;
  const wanted = read(join(root, "pnpm-lock.yaml"));
  const installed = read(join(root, "node_modules/.pnpm/lock.yaml"));
  if (wanted === undefined || installed === undefined) return false;
  if (!wanted.equals(installed) && read(stampFile(root))?.toString() !== stampOf(wanted, installed))
    return false;
  if (!fs.existsSync(join(root, "node_modules/.modules.yaml"))) return false;
  return packagesIn(root).every((name) => fs.existsSync(join(root, "packages", name, "node_modules")));
}

function clear(root) {
  const folders = fs
    .readdirSync(join(root, "packages"))
    .map((name) => join("packages", name, "node_modules"));
  for (const folder of ["node_modules", ...folders]) {
    fs.rmSync(join(root, folder), { recursive: true, force: true });
  }
}

function environment(places) {
  const env = { ...process.env };
  // Both would leave out the tools that everything here runs with.
  delete env.NODE_ENV;
  delete env.npm_config_omit;
  return {
    ...env,
    CI: "true", // never ask, always the lockfile
    TMPDIR: places.tmp,
    XDG_RUNTIME_DIR: places.runtime, // pnpm's locks, else in /tmp
    XDG_CACHE_HOME: join(places.cache, "xdg"),
    XDG_STATE_HOME: join(places.cache, "xdg"),
    npm_config_update_notifier: "false",
    PATH: dirname(process.execPath) + delimiter + env.PATH,
  };
}

function kill(child, signal) {
  try {
    process.kill(isWindows ? child.pid : -child.pid, signal);
  } catch {
    // Already gone, which is what we want.
  }
}

/** Runs pnpm with its output in the log file. Resolves with the exit code, or with the signal that ended us. */
function runPnpm(root, places, progress) {
  const [command, ...first] = pnpmCommand();
  const log = fs.openSync(places.log, "w");
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...FLAGS], {
      cwd: root,
      env: environment(places),
      stdio: ["ignore", "pipe", "pipe"],
      detached: !isWindows,
      shell: isWindows,
    });
    let signal;
    const stop = (name) => {
      signal = name;
      kill(child, "SIGTERM");
      setTimeout(() => kill(child, "SIGKILL"), 2000).unref();
    };
    const names = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const name of names) process.on(name, stop);
    const keep = (text) => {
      fs.writeSync(log, text);
      progress.read(text.toString());
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const end = (code) => {
      for (const name of names) process.off(name, stop);
      kill(child, "SIGKILL"); // whatever pnpm or npm left behind
      fs.closeSync(log);
      resolve(signal === undefined ? { code } : { signal });
    };
    child.on("error", (error) => {
      fs.writeSync(log, `${command}: ${error.message}\n`);
      end(1);
    });
    child.on("close", end);
  });
}

async function install(root, places) {
  if (fs.existsSync(places.unfinished)) clear(root);
  fs.mkdirSync(places.tmp, { recursive: true });
  // pnpm takes it only when nobody else can write there.
  fs.mkdirSync(places.runtime, { recursive: true, mode: 0o700 });
  fs.writeFileSync(places.unfinished, "");
  const isFirst = !fs.existsSync(join(root, "node_modules/.modules.yaml"));
  const progress = new Progress(
    process.stderr,
    isFirst ? "first run, about 15 s" : "the lockfile has changed",
  );
  const { code, signal } = await runPnpm(root, places, progress);
  if (signal !== undefined) {
    progress.end("stopped; the next start installs again");
    return { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal];
  }
  if (code !== 0) {
    progress.end("failed");
    process.stderr.write(adviceFor(fs.readFileSync(places.log, "utf8"), places.log));
    return 1;
  }
  stamp(root);
  fs.rmSync(places.unfinished);
  progress.end("done");
  return 0;
}

/** Returns once node_modules is what the lockfile says; ends the process with advice when it cannot be made so. */
async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  const places = placesIn(root);
  try {
    fs.mkdirSync(places.cache, { recursive: true });
  } catch (error) {
    process.stderr.write(
      `Nothing can be installed in ${root}: ${error.message}\nMake the clone writable and try again.\n`,
    );
    process.exit(1);
  }
  const release = await holdLock(places.lock, () => {
    process.stderr.write("Another start is installing already; waiting for it ...\n");
  });
  const code = isInstalled(root) ? 0 : await install(root, places);
  release();
  if (code !== 0) process.exit(code);
}

module.exports = { ensureInstalled, isInstalled };
