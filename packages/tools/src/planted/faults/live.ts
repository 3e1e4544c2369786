import type { FaultyFile } from "../fault.ts";

const SERVE = "live/test/serve.test.ts";
const STREAM = "live/test/stream.test.ts";
const FEED = "live/test/feed.test.ts";
const READER = "theatre/test/trace-file/trace-reader.test.ts";
const OPEN = "theatre/test/trace-file/open-trace.test.ts";
const MODEL = "theatre/test/live/model.test.ts";

/** A live play's page: who may see and act, what a slow page costs, what a trace of strangers may do. */
export const live: readonly FaultyFile[] = [
  {
    file: "live/src/guard.ts",
    tests: [SERVE],
    faults: [
      {
        fault: "any name that points here is answered",
        find: "headers.host === undefined || !hosts.includes(headers.host)",
        put: "headers.host === undefined",
      },
      {
        fault: "an action needs no Origin",
        find: 'origin === undefined ? method === "POST" : !origins.includes(origin)',
        put: "origin !== undefined && !origins.includes(origin)",
      },
      {
        fault: "a foreign page may ask",
        find: 'origin === undefined ? method === "POST" : !origins.includes(origin)',
        put: 'origin === undefined && method === "POST"',
      },
      {
        fault: "any token is the link's",
        find: "given !== undefined && timingSafeEqual(digest(given), expected)",
        put: "given !== undefined",
      },
      {
        fault: "the beginning of the token is enough",
        find: "timingSafeEqual(digest(given), expected)",
        put: "token.startsWith(given)",
      },
    ],
  },
  {
    file: "live/src/body.ts",
    tests: [SERVE],
    faults: [
      {
        fault: "an action may be of any size",
        find: "if (size > BODY_MAX) throw new BadRequestError(413, `an action has at most ${BODY_MAX} bytes`);",
        put: "",
      },
      {
        fault: "a form of a foreign page may act",
        find: 'if (!/^application\\/json(;|$)/.test(request.headers["content-type"] ?? ""))',
        put: "if (BODY_MAX < 0)",
      },
      {
        fault: "an action is not checked",
        find: "if (read.success) return read.data;",
        put: "return json as T;",
      },
    ],
  },
  {
    file: "live/src/files.ts",
    tests: [SERVE],
    faults: [
      {
        fault: "a symbolic link leads out of the folder",
        find: "if (!entry.isFile()) continue;",
        put: "if (entry.isDirectory()) continue;",
      },
    ],
  },
  {
    file: "live/src/feed.ts",
    tests: [FEED, STREAM],
    faults: [
      {
        fault: "a page that was too slow is not told that it missed events",
        find: "this.#next === undefined || this.#next < feed.first",
        put: "this.#next === undefined",
      },
      {
        fault: "the list of events grows for ever",
        find: "this.end - this.#first > this.#limits.events ||",
        put: "",
      },
      {
        fault: "large events are kept without bound",
        find: "(this.#characters > this.#limits.characters && this.end - this.#first > 1)",
        put: "false",
      },
      {
        fault: "a chunk holds all that there is",
        find: "while (text.length < CHUNK && this.#next < feed.end)",
        put: "while (this.#next < feed.end)",
      },
      {
        fault: "a page that comes back hears its last event again",
        find: "after === undefined || after >= feed.end ? undefined : after + 1",
        put: "after === undefined || after >= feed.end ? undefined : after",
      },
      {
        fault: "a number of another feed is believed",
        find: "after === undefined || after >= feed.end ? undefined : after + 1",
        put: "after === undefined ? undefined : after + 1",
      },
    ],
  },
  {
    file: "live/src/stream.ts",
    tests: [STREAM, SERVE],
    faults: [
      {
        fault: "a page that does not read is written to all the same",
        find: "isFull = !response.write(chunk);",
        put: "response.write(chunk);",
      },
      {
        fault: "a closed page keeps its place",
        find: "onClosed(); resolve();",
        put: "resolve();",
      },
      {
        fault: "the place of a page that comes back is forgotten",
        find: "const reader = feed.read(after, write);",
        put: "const reader = feed.read(after && undefined, write);",
      },
    ],
  },
  {
    file: "theatre/src/trace-file/trace-reader.ts",
    tests: [READER],
    faults: [
      {
        fault: "a step of a trace may have any number",
        find: 'if ("step" in event && event.step > this.#limits.steps) return `field "step": at most ${this.#limits.steps} steps are shown`;',
        put: "",
      },
      {
        fault: "a trace may name any number of nodes",
        find: 'if (this.#nodes.size >= this.#limits.nodes) return `field "node": at most ${this.#limits.nodes} different nodes are shown`;',
        put: "",
      },
      {
        fault: "events of a file are not bounded",
        find: "if (this.#events < this.#limits.events) {",
        put: "if (this.#events >= 0) {",
      },
      {
        fault: "reports are shown in the order in which they were heard",
        find: ".sort((a, b) => a.at - b.at)",
        put: "",
      },
    ],
  },
  {
    file: "theatre/src/trace-file/open-trace.ts",
    tests: [OPEN],
    faults: [
      {
        fault: "bytes that are no text are read as text",
        find: "{ fatal: true }",
        put: "{}",
      },
      {
        fault: "a letter on the border of two pieces is lost",
        find: "decoder.decode(bytes, { stream: true })",
        put: "decoder.decode(bytes)",
      },
      {
        fault: "half a line at the cut is told as a broken one",
        find: 'if (rest !== "" && bytesLeft === 0)',
        put: 'if (rest !== "")',
      },
    ],
  },
  {
    file: "theatre/src/modes/live/model.ts",
    tests: [MODEL],
    faults: [
      {
        fault: "a page takes less than the play keeps, and begins again for ever",
        find: "const EVENTS_MAX = 2 * EVENTS_KEPT;",
        put: "const EVENTS_MAX = EVENTS_KEPT / 2;",
      },
      {
        fault: "a fresh start leaves what was there",
        find: "this.trace.length = 0;",
        put: "",
      },
      {
        fault: "what a play of another version says is believed",
        find: "stateShapes.nodes.parse(json)",
        put: "json as never",
      },
    ],
  },
];
