import type { FaultyFile } from "../fault.ts";

const ONE = "fence/test/fence.test.ts";
const TWO = "fence/test/concurrent.test.ts";
const BAD = "fence/test/bad-input.test.ts";
const JUDGE = "fence/test/check/judge.test.ts";
const TABLE = ["table/test/fence.test.ts"];

export const fence: readonly FaultyFile[] = [
  {
    file: "fence/src/sql.ts",
    tests: [ONE, TWO],
    faults: [
      {
        fault: "the fence holds no row",
        find: "WHERE ${condition} FOR NO KEY UPDATE",
        put: "WHERE ${condition}",
        tests: TABLE,
      },
      {
        fault: "steps share the fence's row, and a command waits for steps that ask after it",
        find: "WHERE ${condition} FOR NO KEY UPDATE",
        put: "WHERE ${condition} FOR SHARE",
        tests: TABLE,
      },
      {
        fault: "a guard holds no row",
        find: "WHERE ${condition} FOR NO KEY UPDATE",
        put: "WHERE ${condition}",
        tests: [TWO],
      },
      {
        fault: "guards share the row, and one that accepts waits for those that ask after it",
        find: "WHERE ${condition} FOR NO KEY UPDATE",
        put: "WHERE ${condition} FOR SHARE",
        tests: [TWO],
      },
      {
        fault: "a guard compares no revisions",
        find: '"key = $1::text AND revision = $2::bigint"',
        put: '"key = $1::text AND $2::bigint > 0"',
      },
      {
        fault: "a guard lets numbers pass that were not given yet",
        find: '"key = $1::text AND revision = $2::bigint"',
        put: '"key = $1::text AND revision <= $2::bigint"',
      },
      {
        fault: "a revision is drawn before its row is ours",
        find: "DO UPDATE SET revision = ${next}",
        put: "DO UPDATE SET revision = EXCLUDED.revision",
      },
      {
        fault: "each key counts by itself, and a deleted one begins anew",
        find: "VALUES ($1::text, ${next}) ON CONFLICT (key) DO UPDATE SET revision = ${next}",
        put: "VALUES ($1::text, 1) ON CONFLICT (key) DO UPDATE SET revision = known.revision + 1",
      },
      {
        fault: "the counter of a fence that is created again begins at 1",
        find: 'PERFORM setval(${counter}, ${beyond("last_value")}) FROM ${numbers} WHERE NOT is_called;',
        put: "",
      },
      {
        fault: "create jumps also when the fence is in use",
        find: "FROM ${numbers} WHERE NOT is_called;",
        put: "FROM ${numbers};",
      },
      {
        fault: "renew always jumps equally far",
        find: "+ (random() * (1::bigint << 42))::bigint",
        put: "",
      },
      {
        fault: "renew leaves the keys their numbers",
        find: "`UPDATE ${revisions} SET revision = ${next}`",
        put: "",
      },
      {
        fault: "renew does not wait for who writes",
        find: "`LOCK TABLE ${revisions} IN EXCLUSIVE MODE`,",
        put: "",
        tests: [TWO, BAD],
      },
      {
        fault: "every accept is in the outbox, with a message or without",
        find: "FROM raised WHERE $2::text IS NOT NULL )",
        put: "FROM raised WHERE $1 IS NOT NULL )",
      },
      {
        fault: "the outbox is sorted as words are",
        find: "ORDER BY waiting.id",
        put: "ORDER BY id",
      },
    ],
  },
  {
    file: "fence/src/fence.ts",
    tests: [BAD],
    faults: [
      {
        fault: "a guard without a transaction is believed",
        find: "if (mayWrite) await checkOpen(tx, transaction);",
        put: "",
      },
      {
        fault: "a key that was never accepted is refused, and nobody is told why",
        find: "if (!isKnown)",
        put: "if (!isKnown && mayWrite)",
      },
    ],
  },
  {
    file: "fence/src/relay.ts",
    tests: [ONE],
    faults: [
      {
        fault: "a message is forgotten before it is published",
        find: "await publish(message); await ask(client, sql.confirm, [id]);",
        put: "await ask(client, sql.confirm, [id]); await publish(message);",
      },
    ],
  },
  {
    file: "fence/src/input.ts",
    tests: [ONE],
    faults: [
      {
        fault: "a name with a quote in it ends there",
        find: "name.replaceAll('\"', '\"\"')",
        put: "name",
      },
    ],
  },
  {
    file: "fence/src/check/stage.ts",
    tests: [JUDGE],
    faults: [
      {
        fault: "the judge does not hold a single statement before its commit",
        find: "if (!last.isInTransaction && !next.isInTransaction)",
        put: "if (last.isInTransaction && !next.isInTransaction && isEnd)",
        title: "asks in the statement that writes",
      },
      {
        fault: "a write that sends nothing over its session is called right",
        find: "if (statements.length === 1)",
        put: "if (statements.length === 0)",
        title: "a table that writes over another session",
      },
    ],
  },
  {
    file: "fence/src/check/twice.ts",
    tests: [JUDGE],
    faults: [
      {
        fault: "a newest command that comes again may be refused like an older one",
        find: 'if (second === "refused")',
        put: 'if ((second as string) === "lost")',
        title: "refuses its newest command",
      },
      {
        fault: "a write that rejects what comes again counts as one that refuses it",
        find: "await stage.repeat(write)",
        put: "await stage.write(write)",
        title: "a write that rejects what comes again",
      },
    ],
  },
  {
    file: "fence/src/check/index.ts",
    tests: [JUDGE],
    faults: [
      {
        fault: "a table that lets nothing through is judged by all checks",
        find: "letsNothingThrough(findings)",
        put: "findings.length > CHECKS.length",
        title: "even the newest",
      },
      {
        fault: "a function that throws leaves its transaction to the next check",
        find: "await stage.recover();",
        put: "",
        title: "a function that throws",
      },
    ],
  },
];
