"use strict";

// One line on the screen while pnpm works, and good advice when it fails.

const { stripVTControlCharacters } = require("node:util");

class Progress {
  #stream;
  #title;
  #started = Date.now();
  #done = 0;
  #total = 0;
  #timer;

  /** `why` says what the reader waits for, and how long. */
  constructor(stream, why) {
    this.#stream = stream;
    this.#title = `Installing what this needs (${why}) ...`;
    if (stream.isTTY) {
      this.#draw();
      this.#timer = setInterval(() => this.#draw(), 250);
    } else stream.write(`${this.#title}\n`);
  }

  /** Reads pnpm's own words: "Progress: resolved 100, reused 0, downloaded 42, added 40". */
  read(text) {
    for (const found of text.matchAll(/resolved (\d+), reused (\d+), downloaded (\d+)/g)) {
      this.#total = Number(found[1]);
      this.#done = Number(found[2]) + Number(found[3]);
    }
  }

  /** Draws the line over itself; `last` stays. A line that wraps could not be drawn over, so only the last may. */
  #draw(last) {
    const seconds = Math.round((Date.now() - this.#started) / 1000);
    const packages = this.#total > 0 ? `, ${this.#done} of ${this.#total} packages` : "";
    const line = `${this.#title} ${seconds} s${packages}`;
    const shown = last === undefined ? line.slice(0, (this.#stream.columns || 80) - 1) : `${line}${last}`;
    this.#stream.write(`\r\x1b[K${shown}`);
  }

  /** Stops the line and leaves `word` as its last one. */
  end(word) {
    clearInterval(this.#timer);
    const seconds = ((Date.now() - this.#started) / 1000).toFixed(1);
    if (this.#stream.isTTY) this.#draw(`, ${word}\n`);
    else this.#stream.write(`Installing: ${word} after ${seconds} s\n`);
  }
}

const ADVICE = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|error sending request|dns error|network error|fetch failed/i,
    "The npm registry does not answer. The first run needs the network, or a proxy or registry set in ~/.npmrc.",
  ],
  [
    /SELF_SIGNED|CERT_|certificate/,
    "Something between here and the npm registry shows a certificate of its own. Name it with cafile in ~/.npmrc.",
  ],
  [/ENOSPC|No space left/i, "The disk is full. The installation needs about 500 MB."],
  [/EACCES|EROFS|EPERM|Permission denied|Read-only file system/i, "A folder cannot be written: see the log."],
  [/OUTDATED_LOCKFILE|lockfile is not up to date/i, "A package.json was changed. Run: pnpm install"],
];

/** What to show after a failed install, from its log: the last lines, what it means, what to try. */
function adviceFor(log, file) {
  // The log was written for a screen: colours out, and the empty lines.
  const lines = stripVTControlCharacters(log)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const last = lines
    .slice(-12)
    .map((line) => `  ${line}\n`)
    .join("");
  const found = ADVICE.find(([words]) => words.test(log));
  const meaning = found
    ? found[1]
    : "To begin again from nothing: rm -rf node_modules packages/*/node_modules .cache";
  return `\n${last}\n${meaning}\nThe whole log: ${file}\n`;
}

module.exports = { adviceFor, Progress };
