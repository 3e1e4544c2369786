import type { FaultyFile } from "../fault.ts";

const PEOPLE = "table/test/table.test.ts";
const WORLD = "table/test/world.test.ts";
const RETRY = "table/test/retry.test.ts";
const STALLED = "table/test/stalled.test.ts";

export const table: readonly FaultyFile[] = [
  {
    file: "table/src/sql-table.ts",
    tests: [PEOPLE],
    faults: [
      {
        fault: "a command is asked for again after any failure, and may be accepted twice",
        find: "sql.command, values, isLockTimeout",
        put: "sql.command, values",
        tests: [RETRY],
      },
      {
        fault: "a step whose connection is lost is not asked again",
        find: "await this.#retry<FencedMet>(sql.paintFenced,",
        put: "await this.ask<FencedMet>(sql.paintFenced,",
        tests: [RETRY],
      },
      {
        fault: "a step without the fence whose connection is lost is not asked again",
        find: "await this.#retry<Met & { stale: boolean }>(sql.paint,",
        put: "await this.ask<Met & { stale: boolean }>(sql.paint,",
        tests: [RETRY],
      },
      {
        fault: "a confirm whose connection is lost is not asked again",
        find: "await this.#retry(outbox.confirm,",
        put: "await this.ask(outbox.confirm,",
        tests: [RETRY],
      },
      {
        fault: "a question to a silent connection waits for prepare's time",
        find: "query_timeout: clientTimeout(this.#timeouts.askMs)",
        put: "",
        tests: [RETRY],
      },
      {
        fault: "nobody looks for a stalled holder",
        find: "const onLockTimeout = () => endStalled(this.#pool);",
        put: "const onLockTimeout = async () => {};",
        tests: [STALLED],
      },
      {
        fault: "a refused step is taken for a painted one",
        find: 'return "refused";',
        put: 'return "painted";',
      },
      {
        fault: "a step that had landed before is taken for a painted one",
        find: 'return "landed before";',
        put: 'return "painted";',
      },
      {
        fault: "a fenced step that met nobody counts as painted",
        find: 'checkMet(command, step, row); return "painted";',
        put: 'return "painted";',
      },
      {
        fault: "a step that met nobody counts as painted",
        find: "checkMet(command, step, row); return { stale",
        put: "return { stale",
      },
      { fault: "no step is told to be stale", find: "stale: row.stale", put: "stale: false" },
      {
        fault: "a world that is gone is taken for an area where nobody lives",
        find: "(await this.world()) === world",
        put: "(await this.world()) !== undefined",
        tests: [WORLD],
      },
      {
        fault: "a fenced step in a world that is gone is refused instead of ending its node",
        find: "if (!row?.here) throw await this.#noSuchPeople(command);",
        put: "if (!row) throw await this.#noSuchPeople(command);",
        tests: [WORLD],
      },
      { fault: "a job never resumes", find: "return rows[0]?.step ?? 0;", put: "return 0;" },
    ],
  },
  {
    file: "table/src/errors.ts",
    tests: ["table/test/errors.test.ts"],
    faults: [
      { fault: "no retry after a deadlock (40P01)", find: "| 40001 | 40P01 |", put: "|40001|" },
      { fault: "no retry after a serialization failure (40001)", find: "| 40001 | 40P01 |", put: "|40P01|" },
      { fault: "no retry after a wait for a row that was too long (55P03)", find: "| 55P03 |", put: "|" },
      { fault: "no retry while the server restarts (57P01)", find: "| 57P0[123] |", put: "|" },
      { fault: "no retry while the server has no connection left (53300)", find: "| 53300 |", put: "|" },
      { fault: "no retry after a refused connection", find: "ECONN(REFUSED|RESET)", put: "ECONN(RESET)" },
      { fault: "no retry after a reset connection", find: "ECONN(REFUSED|RESET)", put: "ECONN(REFUSED)" },
      {
        fault: "no retry after a connection that ended without a code",
        find: "/Connection terminated|timeout exceeded",
        put: "/timeout exceeded",
      },
      {
        fault: "no retry after a statement that got no answer",
        find: "|Query read timeout|Client",
        put: "|Client",
      },
      {
        fault: "a failure of any code is tried again",
        find: "transientMessages.test(message) : transientCodes.test(code)",
        put: "transientMessages.test(message) : true",
      },
      {
        fault: "each failure that may pass counts as a wait for a row, and a command may be accepted twice",
        find: 'firstFailure(error).code === "55P03"',
        put: "isTransient(error)",
      },
    ],
  },
  {
    file: "table/src/retry.ts",
    tests: ["table/test/retry.test.ts"],
    faults: [
      { fault: "nothing is tried again", find: "return true;", put: "return false;" },
      {
        fault: "a failure that lasts is tried again for ever",
        find: "|| performance.now() >= until",
        put: "",
      },
      {
        fault: "each failure is tried again",
        find: "!mayPass(error) || performance.now() >= until",
        put: "performance.now() >= until",
      },
      {
        fault: "a wait for a row that was too long is no reason to look for a stalled holder",
        find: "if (isLockTimeout(error)) await onLockTimeout();",
        put: "",
        tests: [STALLED],
      },
      {
        fault: "the time for retries begins anew with each failure",
        find: "until ??= performance.now() + retryMs;",
        put: "until = performance.now() + retryMs;",
      },
    ],
  },
  {
    file: "table/src/prepare.ts",
    tests: [PEOPLE],
    faults: [
      {
        fault: "prepare forgets no command of before",
        find: "await client.query(schema.clearLogs);",
        put: "",
      },
      {
        fault: "a world that is prepared again keeps its name",
        find: "const world = newWorld();",
        put: 'const world = "w1";',
        tests: [WORLD],
      },
      {
        fault: "two that prepare at once do it at once",
        find: "await client.query(schema.onlyOne);",
        put: "",
        tests: [PEOPLE],
      },
      {
        fault: "prepare does not wait for the steps that run",
        find: "await client.query(schema.lock);",
        put: "",
        tests: ["table/test/fence.test.ts"],
      },
      {
        fault: "a schema of somebody else is dropped",
        find: 'if (state === "foreign") {',
        put: 'if (state === "missing" && !client) {',
      },
      {
        fault: "a schema of an older version is kept",
        find: 'if (state === "old") await client.query(schema.drop);',
        put: "",
      },
      {
        fault: "people in colour stay so in a fresh world",
        find: 'row.coloured > 0 ? "whiten" : "nothing"',
        put: '"nothing"',
      },
      {
        fault: "areas that are not asked for keep their people",
        find: "await client.query(schema.emptyArea, [area]);",
        put: ";",
      },
      {
        fault: "a wrong number of people is kept",
        find: "wasteful || row?.people !== number",
        put: "wasteful || !row",
      },
      { fault: "a world of dead rows is kept", find: "if (wasteful || !fits)", put: "if (!fits)" },
      {
        fault: "a failed prepare leaves its transaction open",
        find: "client.release(true);",
        put: "client.release();",
      },
      { fault: "a fresh world is seen before it is ready", find: 'await client.query("BEGIN");', put: "" },
      { fault: "a population that cannot be is prepared", find: "checkPopulation(wanted);", put: "" },
    ],
  },
  {
    file: "table/src/stalled.ts",
    tests: [STALLED],
    faults: [
      { fault: "a session is ended at first sight", find: ".filter(isStill)", put: "" },
      {
        fault: "another transaction of the same session counts as the one that was seen",
        find: "session.pid === pid && session.since === since",
        put: "session.pid === pid",
      },
      {
        fault: "a transaction that is held open by hand, or prepares a world, is ended",
        find: "AND state = 'active'",
        put: "AND state <> 'idle'",
      },
      {
        fault: "a session that holds nothing is ended",
        find: "AND EXISTS (SELECT FROM pg_locks WHERE pg_locks.pid = pg_stat_activity.pid AND granted AND relation = 'story.areas'::regclass AND mode IN ('RowShareLock', 'RowExclusiveLock'))",
        put: "",
      },
      {
        fault: "a stalled session is found and left",
        find: 'await pool.query("SELECT pg_terminate_backend($1)", [pid]);',
        put: "void pid;",
      },
    ],
  },
];
