import type { FaultyFile } from "../fault.ts";

const WORLD = ["table/test/world.test.ts"];
const FENCE = ["table/test/fence.test.ts"];
const LOCKS = ["table/test/lock-order.test.ts"];

export const sql: readonly FaultyFile[] = [
  {
    file: "table/src/sql.ts",
    tests: ["table/test/table.test.ts", "table/test/model.test.ts"],
    faults: [
      {
        fault: "a command does not raise its area's revision",
        find: '"revision = revision + 1, shirt = $2::story.shirt"',
        put: '"revision = greatest(revision, 1), shirt = $2::story.shirt"',
      },
      {
        fault: "a command raises the revision of every area",
        find: '"area = $1::story.area", "area, world, revision, shirt"',
        put: '"$1::text IS NOT NULL", "area, world, revision, shirt"',
      },
      {
        fault: "a command does not say in its area's row which shirt it is",
        find: '"revision = revision + 1, shirt = $2::story.shirt"',
        put: "\"revision = revision + 1, shirt = CASE WHEN $2 = '' THEN $2::story.shirt ELSE shirt END\"",
      },
      {
        fault: "a command is accepted without a row in the outbox",
        find: "SELECT area, revision, shirt, $3 FROM raised )",
        put: "SELECT area, revision, shirt, $3 FROM raised WHERE revision < 0 )",
      },
      {
        fault: "a job is accepted by its area and revision, whatever its shirt",
        find: "AND revision = $2::int AND shirt = $3::story.shirt )",
        put: "AND revision = $2::int AND $3 <> '' )",
      },
      {
        fault: "a job is accepted by its area and shirt, whatever its revision",
        find: "AND revision = $2::int AND shirt = $3::story.shirt )",
        put: "AND $2::int > 0 AND shirt = $3::story.shirt )",
      },
      {
        fault: "a job of another world is accepted",
        find: 'SELECT ${isHere("$4")} AND EXISTS',
        put: "SELECT $4 <> '' AND EXISTS",
        tests: WORLD,
      },
      {
        fault: "a step's people are not those between its first and its last",
        find: '"people::bigint * $3::int / $4::int AS first, people::bigint * ($3::int + 1) / $4::int AS past"',
        put: '"people::bigint * $3::int / $4::int AS first, people::bigint * $3::int / $4::int + people / $4::int AS past"',
      },
      {
        fault: "a step paints the last person of the step before, too",
        find: "AND person >= (SELECT first FROM ${cte})",
        put: "AND person >= (SELECT first FROM ${cte}) - 1",
      },
      {
        fault: "a step paints people of all areas",
        find: "area = $1::story.area AND person >= (SELECT",
        put: "$1 <> '' AND person >= (SELECT",
      },
      {
        fault: "an unfenced step of another world lands",
        find: "FROM story.areas WHERE area = $1::story.area AND world = $7 ), painted",
        put: "FROM story.areas WHERE area = $1::story.area AND $7 <> '' ), painted",
        tests: WORLD,
      },
      {
        fault: "an unfenced step is never stale",
        find: "SELECT revision > $2::int AS stale",
        put: "SELECT revision < $2::int AS stale",
      },
      {
        fault: "an unfenced step of the newest command is stale",
        find: "SELECT revision > $2::int AS stale",
        put: "SELECT revision >= $2::int AS stale",
      },
      {
        fault: "an unfenced step reads the revision before it has painted",
        find: "AND (SELECT met FROM met) >= 0 FOR SHARE",
        put: "",
        tests: FENCE,
      },
      {
        fault: "an unfenced step that met nobody is in the log",
        find: "FROM now, walk, met WHERE met = past - first )",
        put: "FROM now, walk, met )",
      },
      {
        fault: "the fence compares no revisions",
        find: '"area = $1::story.area AND revision = $2::int AND world = $7"',
        put: '"area = $1::story.area AND $2::int > 0 AND world = $7"',
      },
      {
        fault: "the fence lets newer revisions than the area's pass",
        find: '"area = $1::story.area AND revision = $2::int AND world = $7"',
        put: '"area = $1::story.area AND revision <= $2::int AND world = $7"',
      },
      {
        fault: "the fence compares no worlds",
        find: '"area = $1::story.area AND revision = $2::int AND world = $7"',
        put: "\"area = $1::story.area AND revision = $2::int AND $7 <> ''\"",
        tests: WORLD,
      },
      {
        fault: "a step lands twice",
        find: "WHERE EXISTS (SELECT FROM landed) AND",
        put: "WHERE EXISTS (SELECT FROM fence) AND",
        tests: FENCE,
      },
      {
        fault: "a step that met nobody has landed",
        find: "FROM fence WHERE ${someoneIsThere}",
        put: "FROM fence",
      },
      {
        fault: "a step with no people in it never lands",
        find: '"(past = first OR EXISTS (SELECT FROM story.people WHERE area = $1::story.area AND person = past - 1))"',
        put: '"(EXISTS (SELECT FROM story.people WHERE area = $1::story.area AND person = past - 1))"',
      },
      {
        fault: "a refused step is not in the log",
        find: '(first IS NULL AND ${isHere("$7")}) OR',
        put: "",
      },
      {
        fault: "a question about a job holds the commands while it waits for the areas",
        find: 'SELECT ${isHere("$4")} AND EXISTS ( SELECT FROM story.commands WHERE area = $1::story.area AND revision = $2::int AND shirt = $3::story.shirt ) AS accepted',
        put: 'SELECT EXISTS ( SELECT FROM story.commands WHERE area = $1::story.area AND revision = $2::int AND shirt = $3::story.shirt ) AND ${isHere("$4")} AS accepted',
        tests: LOCKS,
      },
      {
        fault: "a job that resumes holds what has landed while it waits for the areas",
        find: 'WITH ${here("$4")} SELECT count(*)::int AS step',
        put: 'WITH landed AS (SELECT * FROM story.landed), ${here("$4")} SELECT count(*)::int AS step',
        tests: LOCKS,
      },
      {
        fault: "a job resumes behind a step that never landed",
        find: "AS walk WHERE step = place",
        put: "AS walk",
      },
      {
        fault: "a job resumes where a walk in another number of steps ended",
        find: "AND revision = $2 AND steps = $3 AND",
        put: "AND revision = $2 AND $3::int > 0 AND",
      },
      {
        fault: "a job resumes where another command's walk ended",
        find: "AND revision = $2 AND steps = $3 AND",
        put: "AND $2::int > 0 AND steps = $3 AND",
      },
      {
        fault: "a job of another world resumes",
        find: "AND steps = $3 AND EXISTS (SELECT FROM here)",
        put: "AND steps = $3 AND $4 <> ''",
        tests: WORLD,
      },
      {
        fault: "sql: the verdict counts the steps of a stage that played before",
        find: "WHERE steps.number > coalesce(begins, 0)",
        put: "",
      },
      {
        fault: "the verdict believes the fence that no step was stale",
        find: "coalesce(stale, steps.number > newer.number)",
        put: "coalesce(stale, false)",
      },
      {
        fault: "the verdict counts refused steps as stale",
        find: "FILTER (WHERE NOT refused AND coalesce",
        put: "FILTER (WHERE refused OR coalesce",
      },
      {
        fault: "the verdict compares a step with its own command",
        find: "newer.revision = steps.revision::bigint + 1",
        put: "newer.revision = steps.revision::bigint",
      },
    ],
  },
  {
    file: "table/src/schema.ts",
    tests: LOCKS,
    faults: [
      {
        fault: "whoever looks for missing people holds their table while it waits for the areas",
        find: "SELECT area, areas.people FROM story.areas LEFT JOIN (",
        put: "WITH people AS (SELECT * FROM story.people) SELECT area, areas.people FROM story.areas LEFT JOIN (",
      },
      {
        fault: "prepare locks the people before the areas",
        find: '"LOCK TABLE story.areas, story.landed, story.people, story.steps, story.attempts, story.commands IN ACCESS EXCLUSIVE MODE"',
        put: '"LOCK TABLE story.people, story.landed, story.areas, story.steps, story.attempts, story.commands IN ACCESS EXCLUSIVE MODE"',
      },
    ],
  },
];
