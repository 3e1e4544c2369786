import type { FaultyFile } from "../fault.ts";

const OUTBOX = "table/test/outbox.test.ts";
const PEOPLE = "table/test/table.test.ts";

export const outbox: readonly FaultyFile[] = [
  {
    file: "table/src/outbox-sql.ts",
    tests: [OUTBOX, PEOPLE, "table/test/world.test.ts"],
    faults: [
      {
        fault: "a confirm confirms newer commands too",
        find: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2",
        put: "copies = copies + 1 WHERE area = $1::story.area AND revision >= $2",
      },
      {
        fault: "a confirm confirms older commands too",
        find: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2",
        put: "copies = copies + 1 WHERE area = $1::story.area AND revision <= $2",
      },
      {
        fault: "a confirm confirms the commands of all areas",
        find: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2",
        put: "copies = copies + 1 WHERE revision = $2",
      },
      {
        fault: "a confirm of another world counts",
        find: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2 AND EXISTS (SELECT FROM here)",
        put: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2",
      },
      {
        fault: "a confirmed command stays in the outbox",
        find: "WHERE copies = 0 AND stage = $1",
        put: "WHERE stage = $1",
      },
      {
        fault: "the outbox of a stage has other stages' commands, too",
        find: "WHERE copies = 0 AND stage = $1",
        put: "WHERE copies = 0 AND $1 = $1",
      },
      {
        fault: "the outbox is sent newest first",
        find: "WHERE copies = 0 AND stage = $1 ORDER BY number",
        put: "WHERE copies = 0 AND stage = $1 ORDER BY number DESC",
      },
      {
        fault: "a command counts as finished after its first step",
        find: "bool_or(landed = steps)",
        put: "bool_or(landed > 0)",
      },
      {
        fault: "the steps of two walks together finish a command",
        find: "bool_or(landed = steps)",
        put: "sum(landed) >= min(steps)",
      },
      {
        fault: "the unfinished command of another stage is sent again",
        find: "WHERE stage = $1 AND finished IS NOT TRUE ORDER",
        put: "WHERE $1 = $1 AND finished IS NOT TRUE ORDER",
      },
      {
        fault: "a finished command counts as unfinished",
        find: "WHERE stage = $1 AND finished IS NOT TRUE ORDER",
        put: "WHERE stage = $1 ORDER",
      },
      {
        fault: "a relay watches older commands that are confirmed",
        find: "(copies = 0 OR (revision = highest AND finished IS NOT TRUE))",
        put: "(copies = 0 OR finished IS NOT TRUE)",
      },
      {
        fault: "a relay watches the unconfirmed only",
        find: "(copies = 0 OR (revision = highest AND finished IS NOT TRUE))",
        put: "copies = 0",
      },
      {
        fault: "a command that was given up is sent again",
        find: "AND NOT given_up AND (copies = 0 OR",
        put: "AND (copies = 0 OR",
      },
      {
        fault: "each relay that has seen a command may send it",
        find: "AND sendings = $4 AND NOT given_up",
        put: "AND $4::int >= 0 AND NOT given_up",
      },
      {
        fault: "a command that was given up after it was seen is sent",
        find: "AND sendings = $4 AND NOT given_up",
        put: "AND sendings = $4",
      },
      {
        fault: "a command is never given up, however many nodes it kills",
        find: "given_up = given_up OR kills >= $6",
        put: "given_up = given_up OR kills < $6 - $6",
      },
      {
        fault: "walks in the asking process count as kills",
        find: "AND id <> $4 AND id <> ALL ($7::text[])",
        put: "AND id <> $4 AND ($7::text[] IS NOT NULL)",
      },
      {
        fault: "a kill counts also after a step has landed since",
        find: "FROM story.attempts JOIN progress USING (landed)",
        put: "FROM story.attempts",
      },
      {
        fault: "a question that is asked twice counts its own attempt as a kill",
        find: "AND id <> $4 AND id <> ALL",
        put: "AND id <> ALL",
      },
      {
        fault: "a revived command stays given up",
        find: "SET given_up = false",
        put: "SET given_up = given_up",
      },
      {
        fault: "a revived command still has its kills",
        find: "DELETE FROM story.attempts WHERE area = $1::story.area AND revision = $2 AND EXISTS",
        put: "DELETE FROM story.attempts WHERE area = $1::story.area AND revision < $2 AND EXISTS",
      },
    ],
  },
];
