"use strict";

// Where things that are not part of the project are kept: all in .cache/ inside the clone, which git ignores and
// anyone may delete. pnpm's own folders in there are named in pnpm-workspace.yaml, so that `pnpm install` by hand
// and an install by `npm start` share one store.

const { accessSync, constants, mkdirSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

function placesIn(root) {
  const cache = join(root, ".cache");
  return {
    cache,
    tmp: join(cache, "tmp"),
    runtime: join(cache, "run"),
    lock: join(cache, "install.lock"),
    unfinished: join(cache, "install-unfinished"),
    log: join(cache, "install.log"),
  };
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** When the system's folder for temporary files cannot be written, this process and its children use .cache/tmp. */
function provideTmp(root) {
  if (isWritable(tmpdir())) return;
  const { tmp } = placesIn(root);
  mkdirSync(tmp, { recursive: true });
  process.env.TMPDIR = tmp;
}

module.exports = { placesIn, provideTmp };
