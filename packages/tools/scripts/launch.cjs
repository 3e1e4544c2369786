"use strict";

// What `npm start`, `npm test`, `npm run check` and `npm run learn` run: the first command after a clone, with npm and nothing else.
// It asks for a recent Node, installs what is missing, and then becomes the program that was asked for.
//
// This file alone is written in the JavaScript of old Nodes, and it loads no other file before it has checked the
// version: an old Node must be able to read it as far as the one line that says what to do. So it cannot use
// `program` of command-line, as all others do.

const NEEDED = [20, 19];

/** True when `version` ("20.19.0") is new enough. */
function isNewEnough(version) {
  const parts = version.split(".").map(Number);
  return parts[0] > NEEDED[0] || (parts[0] === NEEDED[0] && parts[1] >= NEEDED[1]);
}

function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

if (require.main === module) {
  if (isNewEnough(process.versions.node)) {
    const args = process.argv.slice(3);
    // `npm start -- --help` arrives without the two dashes, `pnpm start -- --help` with them.
    require("./lib/run.cjs").run(process.argv[2], args[0] === "--" ? args.slice(1) : args);
  } else {
    fail(
      `This needs Node ${NEEDED.join(".")} or newer; this is Node ${process.versions.node}. ` +
        "Get it from https://nodejs.org",
    );
  }
}

module.exports = { isNewEnough };
