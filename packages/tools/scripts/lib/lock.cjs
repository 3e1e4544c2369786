"use strict";

// A lock between processes: a file that only one of them can create.
//
// 1. The process that creates the file holds the lock; it touches the file every second as long as it lives.
// 2. A lock whose holder is dead, or has not touched it for a while, is stale and may be taken away by anyone.
// 3. Taking away is a rename, so of several that try only one succeeds.

const fs = require("node:fs");

const TOUCH_MS = 1000;
const STALE_MS = 15_000;
const RETRY_MS = 200;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Like pglite-server's, which nothing can load before it is installed: that is what this lock is for. */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function tryCreate(file) {
  try {
    fs.writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** The holder's process id when the lock is stale, else undefined. */
function staleHolder(file) {
  try {
    const text = fs.readFileSync(file, "utf8");
    const age = Date.now() - fs.statSync(file).mtimeMs;
    const pid = Number.parseInt(text, 10);
    // A file just created may still be empty: its age decides.
    if (age > STALE_MS || (pid > 0 && !isAlive(pid))) return text;
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return undefined;
}

function takeAway(file, text) {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    // Between the look and the rename another process may have taken the stale lock away and made its own.
    if (fs.readFileSync(aside, "utf8") === text) fs.unlinkSync(aside);
    else fs.renameSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}

/**
 * Waits until this process holds the lock `file`; returns the function that gives it back.
 * `onWait` is called once if another process holds it first.
 */
async function holdLock(file, onWait) {
  let isToldOf = false;
  while (!tryCreate(file)) {
    const text = staleHolder(file);
    if (text !== undefined) {
      takeAway(file, text);
      continue;
    }
    if (!isToldOf) onWait();
    isToldOf = true;
    await sleep(RETRY_MS);
  }
  const timer = setInterval(() => fs.utimesSync(file, new Date(), new Date()), TOUCH_MS);
  return () => {
    clearInterval(timer);
    fs.rmSync(file, { force: true });
  };
}

module.exports = { holdLock };
