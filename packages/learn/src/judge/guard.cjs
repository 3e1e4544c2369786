"use strict";

// A thread beside the reader's code, for what that code's own thread cannot do while one of its loops never waits:
//
// 1. No orphan: when the parent is gone, the process ends.
// 2. When the time is nearly over, it stops the other thread and writes the lines on which that thread is to stderr.
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
setTimeout(tellWhere, workerData.ms);

function tellWhere() {
  const session = new Session();
  const scripts = new Map();
  session.connectToMainThread();
  session.on("Debugger.scriptParsed", ({ params }) => scripts.set(params.scriptId, params));
  session.on("Debugger.paused", ({ params }) => {
    for (const frame of params.callFrames) writeSync(2, `    at ${placeOf(frame, scripts)}\n`);
    session.post("Debugger.resume");
  });
  session.post("Debugger.enable", () => session.post("Debugger.pause"));
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
