import type { FaultyFile } from "../fault.ts";

const SETTINGS = "table/test/session-settings.test.ts";
const HARM = "table/test/session.test.ts";
const UNFIT = "table/test/unfit.test.ts";

export const session: readonly FaultyFile[] = [
  {
    file: "table/src/session.ts",
    tests: [SETTINGS],
    faults: [
      {
        fault: "a session takes the isolation that its database gives it",
        find: "default_transaction_isolation: \"'read committed'\",",
        put: "",
        tests: [HARM, SETTINGS],
      },
      {
        fault: "a row is waited for without an end",
        find: "lock_timeout: `${Math.round(lockMs)}`,",
        put: "",
        tests: ["table/test/stalled.test.ts"],
      },
      {
        fault: "a session takes the search_path that its database gives it",
        find: 'search_path: "pg_catalog",',
        put: "",
        tests: [HARM, SETTINGS],
      },
      {
        fault: "a session commits without waiting for the disk, if its role says so",
        find: '...(!["on", "remote_apply"].includes(durability) && { synchronous_commit: "on" }),',
        put: "",
      },
      {
        fault: "a stronger synchronous_commit is made weaker",
        find: '["on", "remote_apply"].includes',
        put: '["on"].includes',
      },
      {
        fault: "a session takes the statement_timeout of its URL",
        find: "statement_timeout: `${Math.round(askMs)}`,",
        put: "",
      },
      {
        fault: "a session takes the lock_timeout of its URL",
        find: "lock_timeout: `${Math.round(lockMs)}`,",
        put: "",
      },
      {
        fault: "a session takes the idle_in_transaction_session_timeout of its URL",
        find: "idle_in_transaction_session_timeout: `${Math.round(askMs)}`,",
        put: "",
      },
      {
        fault: "a session ends when it rests, if its role says so",
        find: 'idle_session_timeout: "0",',
        put: "",
      },
      {
        fault: "an older PostgreSQL is taken",
        find: "if (major < OLDEST)",
        put: "if (major < 9)",
        tests: [UNFIT],
      },
      {
        fault: "a PostgreSQL 14 is refused",
        find: "const OLDEST = 14;",
        put: "const OLDEST = 15;",
        tests: [UNFIT],
      },
      {
        fault: "a pooler is taken for a server",
        find: "if (pid !== processId)",
        put: "if (pid === 0)",
        tests: [UNFIT],
      },
      {
        fault: "a standby is taken for a primary",
        find: "if (isStandby)",
        put: "if (false)",
        tests: [UNFIT],
      },
      {
        fault: "what meets a standby in a failover is not asked again",
        find: '"57P03"',
        put: '"0A000"',
        tests: ["table/test/standby.test.ts"],
      },
      {
        fault: "a server that may only be read is taken",
        find: 'if (readOnly === "on")',
        put: 'if (readOnly === "")',
        tests: [UNFIT, HARM],
      },
    ],
  },
  {
    file: "table/src/errors.ts",
    tests: [UNFIT],
    faults: [
      {
        fault: "what a server says is understood by its words, in one language",
        find: '.test(code ?? "")) return message.replaceAll("\\n", " ");',
        put: '.test(code ?? "") && !message) return "";',
      },
      {
        fault: "a setting that there is not is taken for a table that there is not",
        find: 'code === "42704" && position === undefined',
        put: "code === position",
        tests: [SETTINGS],
      },
      {
        fault: "that a table may only be read now is said in the server's words alone",
        find: 'case "25006":',
        put: 'case "25000":',
        tests: [HARM],
      },
    ],
  },
];
