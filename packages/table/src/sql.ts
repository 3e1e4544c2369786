/**
 * What happens in the table, as SQL: one text for PGlite and PostgreSQL. Invariants:
 *
 * 1. Each of these is one statement, so each is a transaction by itself, and no client holds PGlite's session between two of them.
 * 2. Nothing outside the schema `story` is read or written.
 * 3. Values come in as parameters, and statements stay unnamed: PGlite has one session for all its clients, and named ones
 *    would have to be prepared again whenever another client comes.
 *
 * 4. A statement of several tables names areas first of all, and PostgreSQL locks tables as they are named. `prepare` locks areas
 *    first, too: who waits for the other holds nothing yet. (Rows are another matter: a step of v1 to v3 takes people before the
 *    area's row. Beside a step of v4 on the same area that may be a deadlock: the server ends one of the two, and the client
 *    asks again.)
 *
 * They run at READ COMMITTED, whatever the server's default is: session.ts sets it for each connection.
 */
import { held, raised } from "@shirts/fence/sql";

/**
 * Where step `$3` of `$4` is: the people from `first` to before `past`. Counted from the area's own row and in whole
 * numbers, so that the steps together meet everybody once, also where people cannot be divided by steps.
 */
const range = "people::bigint * $3::int / $4::int AS first, people::bigint * ($3::int + 1) / $4::int AS past";

const peopleOfRange = (cte: string) =>
  `area = $1::story.area AND person >= (SELECT first FROM ${cte}) AND person < (SELECT past FROM ${cte})`;

/**
 * Accepts a command: from the end of this statement on, the area has a newer revision.
 * The update waits for steps that hold the row (see `paintFenced`), and for another president's command.
 */
export const command = `
  WITH raised AS (${raised(
    "story.areas",
    "revision = revision + 1, shirt = $2::story.shirt",
    "area = $1::story.area",
    "area, world, revision, shirt",
  )}
  ), accepted AS (
    INSERT INTO story.commands (area, revision, shirt, stage)
    SELECT area, revision, shirt, $3 FROM raised
  )
  SELECT revision, world FROM raised`;

/** Whether the area's row is of the command's world. */
const isHere = (parameter: string) =>
  `EXISTS (SELECT FROM story.areas WHERE area = $1::story.area AND world = ${parameter})`;

/** The area's row, if it is of the command's world. First of all, for the order of the locks. */
export const here = (parameter: string) => `here AS (
    SELECT FROM story.areas WHERE area = $1::story.area AND world = ${parameter}
  )`;

/** Whether this world has accepted exactly this command. One row of each primary key. */
export const accepted = `
  SELECT ${isHere("$4")} AND EXISTS (
    SELECT FROM story.commands WHERE area = $1::story.area AND revision = $2::int AND shirt = $3::story.shirt
  ) AS accepted`;

/**
 * A step of v1 to v3: nobody is asked, the people are painted. Only then is the revision read, for the log: its row is
 * held to the end of the statement, so "stale" is a fact and not a guess. (The condition with `met` is always true; it
 * makes the read wait for the painting.) A step that did not meet all its people is not logged: it has not landed.
 */
export const paint = `
  WITH walk AS (
    SELECT ${range}
    FROM story.areas WHERE area = $1::story.area AND world = $7
  ), painted AS (
    UPDATE story.people SET shirt = $5::story.shirt
    WHERE ${peopleOfRange("walk")}
    RETURNING 1
  ), met AS (
    SELECT count(*)::int AS met FROM painted
  ), now AS (
    SELECT revision > $2::int AS stale
    FROM story.areas
    WHERE area = $1::story.area AND (SELECT met FROM met) >= 0
    FOR SHARE
  ), logged AS (
    INSERT INTO story.steps (area, revision, step, steps, node, stale, refused)
    SELECT $1::story.area, $2::int, $3::int, $4::int, $6, stale, false
    FROM now, walk, met WHERE met = past - first
  )
  SELECT stale, met, (past - first)::int AS people FROM now, walk, met`;

/**
 * Whether the step's people are there: the last of them stands for all. After a crash of PostgreSQL nobody is (see
 * schema.ts), and a step that met nobody must not count as landed.
 */
const someoneIsThere =
  "(past = first OR EXISTS (SELECT FROM story.people WHERE area = $1::story.area AND person = past - 1))";

/** How many people a fenced step has met, and its row in the log. A step that had landed before is not logged again. */
const metAndLogged = `met AS (
    SELECT count(*)::int AS met FROM painted
  ), logged AS (
    INSERT INTO story.steps (area, revision, step, steps, node, refused, number)
    SELECT $1::story.area, $2::int, $3::int, $4::int, $6, first IS NULL, nextval('story.numbers')
    FROM met LEFT JOIN fence ON true LEFT JOIN landed ON true
    WHERE (first IS NULL AND ${isHere("$7")}) OR (step IS NOT NULL AND met = past - first)
  )`;

/**
 * A step of v4: the fence. One statement does it all, in this order:
 *
 * - `fence` takes the area's row for itself. If a command is raising the revision right now, this waits for it, and then
 *   looks at the row again as it has become. When it has another revision than ours, or is of another world, the fence has
 *   no row. While this statement runs, the row stays held, and a newer command waits: it is accepted before this step or
 *   after it, never in the middle.
 * - `landed` lets each step of a command land once, however many executors have the job: the second one finds the row there.
 * - The people are painted only when both have a row.
 * - `metAndLogged` writes down what came of it, with a number that it draws when the painting is over (it counts the painted
 *   people first; without that it would come before them). Whether the step was stale is not its word to say: see `verdict`.
 *
 * How long a command waits: see `held`. It lets one step of an area run at a time, which costs v4 nothing: one executor an area
 * is its plan, several are an accident.
 */
export const paintFenced = `
  WITH fence AS (${held(range, "story.areas", "area = $1::story.area AND revision = $2::int AND world = $7")}
  ), landed AS (
    INSERT INTO story.landed (area, revision, steps, step)
    SELECT $1::story.area, $2::int, $4::int, $3::int FROM fence WHERE ${someoneIsThere}
    ON CONFLICT DO NOTHING RETURNING step
  ), painted AS (
    UPDATE story.people SET shirt = $5::story.shirt
    WHERE EXISTS (SELECT FROM landed) AND ${peopleOfRange("fence")}
    RETURNING 1
  ), ${metAndLogged}
  SELECT ${isHere("$7")} AS here, first IS NOT NULL AS passed, step IS NOT NULL AS landed, ${someoneIsThere} AS peopled,
    met, (past - first)::int AS people
  FROM met LEFT JOIN fence ON true LEFT JOIN landed ON true`;

/**
 * The first step that no delivery of this command has finished: the end of the unbroken row of steps from 0. Only steps
 * of a walk in `$3` steps count: the third of ten steps meets other people than the third of seven.
 */
export const resume = `
  WITH ${here("$4")}
  SELECT count(*)::int AS step
  FROM (
    SELECT step, row_number() OVER (ORDER BY step) - 1 AS place FROM story.landed
    WHERE area = $1::story.area AND revision = $2 AND steps = $3 AND EXISTS (SELECT FROM here)
  ) AS walk
  WHERE step = place`;

export const revisions = `SELECT area, revision FROM story.areas`;

/** And the comment of the schema, which says of which version it is. */
export const world = `
  SELECT world, obj_description('story'::regnamespace, 'pg_namespace') AS comment FROM story.areas LIMIT 1`;

/**
 * One row per area; what people wear comes as a JSON object, shirt to number.
 *
 * A step is stale when it landed after a newer command had been accepted. A step of v1 to v3 has seen that itself. One
 * of v4 has not: to ask the fence whether the fence holds tells nothing. So two numbers of one sequence are compared, which
 * is exact and needs no clock. A step draws its number when it has painted, and holds the area's row until it is committed;
 * a command draws its number when it has that row for itself. With a fence that holds, a step's number is below that of
 * the next command; a step that slipped through has a higher one.
 *
 * What another stage did before is not this one's: counted are the steps since the first command of the stage that commands now.
 */
export const verdict = `
  WITH counted AS (
    SELECT area, people.shirt, count(*) AS number
    FROM story.areas JOIN story.people USING (area)
    GROUP BY area, people.shirt
  ), wearing AS (
    SELECT area, jsonb_object_agg(shirt, number) AS wearing FROM counted GROUP BY area
  ), told AS (
    SELECT area, revision, number,
      stage <> first_value(stage) OVER (PARTITION BY area ORDER BY revision DESC) AS of_another_stage
    FROM story.commands
  ), others AS (
    SELECT area, max(revision) AS last FROM told WHERE of_another_stage GROUP BY area
  ), plays AS (
    SELECT area, min(number) AS begins FROM told LEFT JOIN others USING (area)
    WHERE revision > coalesce(last, 0) GROUP BY area
  ), log AS (
    SELECT steps.area,
      count(*) FILTER (WHERE NOT refused AND coalesce(stale, steps.number > newer.number)) AS stale,
      count(*) FILTER (WHERE refused) AS refused
    FROM story.steps
    LEFT JOIN story.commands newer ON newer.area = steps.area AND newer.revision = steps.revision::bigint + 1
    LEFT JOIN plays ON plays.area = steps.area
    WHERE steps.number > coalesce(begins, 0)
    GROUP BY steps.area
  )
  SELECT area, people, shirt AS commanded, revision,
    coalesce(wearing, '{}') AS wearing,
    coalesce(stale, 0)::int AS stale,
    coalesce(refused, 0)::int AS refused
  FROM story.areas LEFT JOIN wearing USING (area) LEFT JOIN log USING (area)
  ORDER BY area`;

/** What people wear in each of `$2` equal parts of an area, from the first person to the last. */
export const stripes = `
  WITH counted AS (
    SELECT (person::bigint * $2::int / areas.people)::int AS bucket, people.shirt, count(*) AS number
    FROM story.areas JOIN story.people USING (area)
    WHERE area = $1::story.area
    GROUP BY bucket, people.shirt
  )
  SELECT bucket, jsonb_object_agg(shirt, number) AS wearing FROM counted GROUP BY bucket`;
