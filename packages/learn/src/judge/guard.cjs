"use strict";

// A thread beside the reader's code, for what that code's own thread cannot do while one of its loops never waits:
//
// 1. No orphan: when the parent is gone, the process ends.
// 2. When its time is over, it stops the other thread, writes the lines on which that thread is to stderr, and ends the process.
//
// The time is over after `ms`, if the process had its share of the machine meanwhile, or did nothing: on a busy machine a slow
// judge is no loop.
//
// Plain JavaScript, since a thread that needs tsx takes as long to start as the whole process.

const { writeSync } = require("node:fs");
const { Session } = require("node:inspector");
const { SourceMap } = require("node:module");
const { workerData } = require("node:worker_threads");

const LOOK_MS = 500;
setInterval(() => {
  // Told by the parent itself: asked here, it could be gone already.
  if (process.ppid !== workerData.parent) process.kill(process.pid, "SIGKILL");
}, LOOK_MS);

/** What the process has worked so far, in milliseconds of all its threads. */
function workedMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** How long the debugger may take to answer. */
const ANSWER_MS = 5000;
const SHARE = 0.5;
/** Less work than this in ten looks is none: also on a busy machine, what can run gets more. */
const NOTHING_MS = 40;
/** After so many times its time it is over in any case. */
const PATIENCE = 6;
const { ms } = workerData;
const began = Date.now();
/** At each look, what it had worked. To load the judge does not count. */
const looks = [workedMs()];
const clock = setInterval(() => {
  looks.push(workedMs());
  const [now, pastMs] = [looks.at(-1), Date.now() - began];
  const hadItsShare = now - looks[0] >= SHARE * ms;
  const isIdle = looks.length > 10 && now - looks.at(-11) < NOTHING_MS;
  if (pastMs < ms || !(hadItsShare || isIdle || pastMs >= PATIENCE * ms)) return;
  clearInterval(clock);
  endHere();
}, LOOK_MS);

function endHere() {
  const session = new Session();
  const scripts = new Map();
  session.connectToMainThread();
  session.on("Debugger.scriptParsed", ({ params }) => scripts.set(params.scriptId, params));
  session.on("Debugger.paused", ({ params }) => {
    for (const frame of params.callFrames) writeSync(2, `    at ${placeOf(frame, scripts)}\n`);
    process.kill(process.pid, "SIGKILL");
  });
  session.post("Debugger.enable", () => session.post("Debugger.pause"));
  // What waits is on no line, and is never paused.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), ANSWER_MS);
}

/** `url:line:column` in the file that was written, not in what it was compiled to. */
function placeOf({ location }, scripts) {
  const { scriptId, lineNumber, columnNumber } = location;
  const { url, sourceMapURL = "" } = scripts.get(scriptId) ?? {};
  const map = /^data:application\/json;base64,(.*)$/.exec(sourceMapURL)?.[1];
  const entry =
    map &&
    new SourceMap(JSON.parse(Buffer.from(map, "base64").toString())).findEntry(lineNumber, columnNumber);
  return `${url}:${(entry ? entry.originalLine : lineNumber) + 1}:0`;
}
