import type { FaultyFile } from "../fault.ts";

const SESSIONS = "pglite-server/test/sessions.test.ts";
const PROTOCOL = "pglite-server/test/protocol.test.ts";
const SERVER = "pglite-server/test/server.test.ts";
const REFUSALS = "pglite-server/test/refusals.test.ts";

export const pglite: readonly FaultyFile[] = [
  {
    file: "pglite-server/src/database.ts",
    tests: [SESSIONS],
    faults: [
      {
        fault: "what one client left in the session is met by the next",
        find: "await clearSession(this.#ask, this.#itself.user);",
        put: "",
      },
      {
        fault: "what a client has set is lost when another comes",
        find: "if (last && this.#clients.has(last)) await last.state?.save(this.#ask);",
        put: "",
      },
      {
        fault: "a client whose settings cannot be had goes on without them",
        find: "if (failed) client.end(failed.code, failed.text); else",
        put: "",
      },
      {
        fault: "a cancel request needs no key",
        find: "if (other.hasKey(key))",
        put: "",
        tests: [PROTOCOL],
      },
      {
        fault: "all clients have the same key",
        find: "secret: randomBytes(4).readInt32BE()",
        put: "secret: randomBytes(4).length",
        tests: [PROTOCOL],
      },
      {
        fault: "what a dead client left half-sent is committed",
        find: "await this.#run(failing);",
        put: "",
        tests: [SERVER],
      },
    ],
  },
  {
    file: "pglite-server/src/session-state.ts",
    tests: [SESSIONS],
    faults: [
      {
        fault: "the name of a setting that a client has made up is forgotten",
        find: 'if (name.includes(".")) this.#names.add(name);',
        put: 'if (name === "") this.#names.add(name);',
      },
      { fault: "a role is forgotten", find: '["role", ...names]', put: "[...names]" },
      {
        fault: "prepared statements are not put back",
        find: "await run(isSql ? query(text) : Buffer.concat([parse(name, text, types), sync]));",
        put: "parse(name, text, types);",
      },
      {
        fault: "one prepared statement that fails takes the others with it",
        find: "for (const { name, text, isSql, types } of this.#statements) await run(isSql ? query(text) : Buffer.concat([parse(name, text, types), sync]));",
        put: "await run(Buffer.concat([...this.#statements.map(({ name, text, types }) => parse(name, text, types)), sync]));",
      },
      {
        fault: "the types of a prepared statement's parameters are guessed anew",
        find: "parse(name, text, types)",
        put: "parse(name, text)",
        tests: [PROTOCOL],
      },
      {
        fault: "an unnamed statement that waits is not put back",
        find: "if (this.#unnamed)",
        put: "if (false)",
        tests: [PROTOCOL],
      },
    ],
  },
  {
    file: "pglite-server/src/batch.ts",
    tests: [PROTOCOL],
    faults: [
      {
        fault: "a refused statement reaches the database",
        find: 'reason === undefined ? piece : type === "Q" ? query(REFUSED) : failing',
        put: "piece",
      },
      {
        fault: "an unnamed statement that was refused is put back later",
        find: 'type === "P" && reason === undefined ? piece : null',
        put: 'type === "P" ? piece : null',
      },
      {
        fault: "a named statement leaves no trace",
        find: "else touches = true;",
        put: "",
        tests: [SESSIONS],
      },
      {
        fault: "SET leaves no trace",
        find: "/^(set|reset|",
        put: "/^(reset|",
        tests: [SESSIONS],
      },
      {
        fault: "PREPARE leaves no trace",
        find: "prepare|deallocate|do",
        put: "deallocate|do",
        tests: [SESSIONS],
      },
      { fault: "RESET leaves no trace", find: "set|reset|", put: "set|", tests: [SESSIONS] },
      { fault: "DO leaves no trace", find: "|do|call)$/", put: "|call)$/", tests: [SESSIONS] },
    ],
  },
  {
    file: "pglite-server/src/answers.ts",
    tests: [PROTOCOL],
    faults: [
      {
        fault: "after a failure the client is told twice that the database is ready",
        find: 'type === "Z" && (open || end < all.length)',
        put: 'type === "z"',
      },
      {
        fault: "before its Sync the client is told that the database is ready",
        find: "(open || end < all.length)",
        put: "end < all.length",
      },
      {
        fault: "any failure of a batch is taken for the refused one",
        find: 'fieldOf(body, "M").includes(instead.mark)',
        put: "body.length > 0",
      },
    ],
  },
  {
    file: "pglite-server/src/session-lock.ts",
    tests: [PROTOCOL],
    faults: [
      {
        fault: "a cancel request cancels nothing",
        find: "if (holder !== this.#holder) this.#drop(holder, false);",
        put: "",
      },
      {
        fault: "a cancelled statement is answered as if it had run",
        find: "this.#drop(holder, false)",
        put: "this.#drop(holder, true)",
      },
    ],
  },
  {
    file: "pglite-server/src/client-connection.ts",
    tests: [PROTOCOL],
    faults: [
      {
        fault: "after a cancelled half-sent batch the rest of it runs",
        find: "this.#isSkipping = open;",
        put: "",
      },
      {
        fault: "a client that asks for a newer version is told nothing",
        find: "if (minor > 0 || unknown.length > 0)",
        put: "if (unknown.length > 0)",
      },
      {
        fault: "a client encoding of the first packet is taken",
        find: "if (refusal !== undefined) {",
        put: "if (refusal === null) {",
      },
      {
        fault: "a client is told settings that it has not",
        find: "given.find((setting) => setting.name === name.toLowerCase())?.value ?? value",
        put: "value",
      },
    ],
  },
  {
    file: "pglite-server/src/refusals.ts",
    tests: [REFUSALS],
    faults: [
      { fault: "LISTEN is let through", find: 'case "listen":', put: 'case "LISTEN":' },
      {
        fault: "PREPARE among other statements is let through",
        find: 'case "prepare":',
        put: 'case "PREPARE":',
      },
      { fault: "a cursor WITH HOLD is let through", find: '"with", "hold"', put: '"WITH", "HOLD"' },
      { fault: "COPY FROM STDIN is let through", find: '"from", "stdin"', put: '"FROM", "STDIN"' },
      {
        fault: "a session's advisory lock is let through",
        find: "Object.hasOwn(functions, word)",
        put: 'word === ""',
      },
      {
        fault: "a temporary table is let through",
        find: 'word === "temp" || word === "temporary"',
        put: 'word === ""',
      },
      {
        fault: "a temporary table that ends with its transaction is refused",
        find: 'if (follows(words, "on", "commit", "drop")) return false;',
        put: "",
      },
      {
        fault: "SET SESSION AUTHORIZATION is let through",
        find: 'case "session_authorization":',
        put: 'case "SESSION_AUTHORIZATION":',
      },
      {
        fault: "another client encoding is let through",
        find: 'case "client_encoding":',
        put: 'case "CLIENT_ENCODING":',
      },
    ],
  },
  {
    file: "pglite-server/src/sql-words.ts",
    tests: ["pglite-server/test/sql-words.test.ts"],
    faults: [
      { fault: "nested comments end too early", find: "depth++;", put: "depth = 1;" },
      {
        fault: "a comment hides a statement",
        find: 'if (text.startsWith("/*", at)) { at = endOfComment(text, at); continue; }',
        put: "",
      },
    ],
  },
];
