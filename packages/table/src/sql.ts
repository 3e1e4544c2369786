/**
 * What happens in the table, as SQL: one text for PGlite and PostgreSQL. Invariants:
 *
 * 1. Each of these is one statement, so each is a transaction by itself, and no client holds PGlite's session between two of them.
 * 2. Nothing outside the schema `story` is read or written.
 * 3. Values come in as parameters, and statements stay unnamed: PGlite has one session for all its clients, so a
 *    prepared statement of one client would be found, under its name, by the next.
 *
 * 4. Tables are touched in the order areas, people, steps, attempts, commands. `prepare` locks them in that order too, so it can
 *    wait for others and others for it, but never both.
 *
 * They run at READ COMMITTED, the isolation that both databases start with.
 */

/**
 * Where step `$3` of `$4` is: the people from `first` to before `past`. Counted from the area's own row and in whole
 * numbers, so that the steps together meet everybody once, also where people cannot be divided by steps.
 */
const range = `
    SELECT people::bigint * $3::int / $4::int AS first, people::bigint * ($3::int + 1) / $4::int AS past`;

const peopleOfRange = (cte: string) =>
  `area = $1::story.area AND person >= (SELECT first FROM ${cte}) AND person < (SELECT past FROM ${cte})`;

/**
 * Accepts a command: from the end of this statement on, the area has a newer revision.
 * The update waits for steps that hold the row (see `paintFenced`), and for another president's command.
 */
export const command = `
  WITH raised AS (
    UPDATE story.areas SET revision = revision + 1, shirt = $2::story.shirt
    WHERE area = $1::story.area
    RETURNING area, world, revision, shirt
  ), accepted AS (
    INSERT INTO story.commands (area, revision, shirt, stage)
    SELECT area, revision, shirt, $3 FROM raised
  )
  SELECT revision, world FROM raised`;

/** The area's row, if it is of the command's world. */
const isHere = (parameter: string) =>
  `EXISTS (SELECT FROM story.areas WHERE area = $1::story.area AND world = ${parameter})`;

/** Whether this world has accepted exactly this command. One row of each primary key. */
export const accepted = `
  SELECT EXISTS (
    SELECT FROM story.commands WHERE area = $1::story.area AND revision = $2::int AND shirt = $3::story.shirt
  ) AND ${isHere("$4")} AS accepted`;

/**
 * A step of v1 to v3: nobody is asked, the people are painted. Only then is the revision read, for the log: its row is
 * held to the end of the statement, so "stale" is a fact and not a guess. (The condition with `met` is always true; it
 * makes the read wait for the painting.) A step that did not meet all its people is not logged: it has not landed.
 */
export const paint = `
  WITH walk AS (${range}
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
    INSERT INTO story.steps (area, revision, step, steps, node, stale, refused, at)
    SELECT $1::story.area, $2::int, $3::int, $4::int, $6, stale, false, clock_timestamp()
    FROM now, walk, met WHERE met = past - first
  )
  SELECT stale, met, (past - first)::int AS people FROM now, walk, met`;

/** How many people a fenced step has met, and its row in the log. */
const metAndLogged = `met AS (
    SELECT count(*)::int AS met FROM painted
  ), logged AS (
    INSERT INTO story.steps (area, revision, step, steps, node, refused, at)
    SELECT $1::story.area, $2::int, $3::int, $4::int, $6, first IS NULL, clock_timestamp()
    FROM met LEFT JOIN fence ON true WHERE (first IS NULL AND ${isHere("$7")}) OR met = past - first
  )`;

/**
 * A step of v4: the fence. One statement does it all, in this order:
 *
 * - `fence` takes the area's row FOR SHARE. If a command is raising the revision right now, this waits for it, and then
 *   looks at the row again as it has become. When it has another revision than ours, or is of another world, the fence has
 *   no row.
 * - The people are painted only when the fence has its row: an empty fence has no range. While this statement runs, the
 *   row stays held, and a newer command waits: it is accepted before this step or after it, never in the middle.
 * - `metAndLogged` writes down what came of it, and the time when the painting was over (it counts the painted people first;
 *   without that it would come before them). Whether the step was stale is not its word to say: see `verdict`. A step
 *   that did not meet all its people is not logged: it has not landed.
 *
 * Steps share the row among each other; only a command has to wait. For one executor that is a step's few milliseconds.
 * With several, a new step may take its share while the command waits, and pass it by: with steps of 2,000 people that
 * come without a pause, a command waited up to 43 ms for two executors and 82 ms for four (PostgreSQL 15).
 */
// #region fence
export const paintFenced = `
  WITH fence AS (${range}
    FROM story.areas WHERE area = $1::story.area AND revision = $2::int AND world = $7
    FOR SHARE
  ), painted AS (
    UPDATE story.people SET shirt = $5::story.shirt
    WHERE EXISTS (SELECT FROM fence) AND ${peopleOfRange("fence")}
    RETURNING 1
  ), ${metAndLogged}
  SELECT first IS NOT NULL AS passed, ${isHere("$7")} AS here, met, (past - first)::int AS people
  FROM met LEFT JOIN fence ON true`;
// #endregion fence

/**
 * The first step that no delivery of this command has finished: the end of the unbroken row of steps from 0. Only steps
 * of a walk in `$3` steps count: the third of ten steps meets other people than the third of seven.
 */
export const resume = `
  WITH landed AS (
    SELECT DISTINCT step FROM story.steps
    WHERE area = $1::story.area AND revision = $2 AND steps = $3 AND NOT refused AND ${isHere("$4")}
  )
  SELECT count(*)::int AS step
  FROM (SELECT step, row_number() OVER (ORDER BY step) - 1 AS place FROM landed) AS walk
  WHERE step = place`;

export const revisions = `SELECT area, revision FROM story.areas`;

export const world = `SELECT world FROM story.areas LIMIT 1`;

/** The same people and commands under a new name: no job, cancel or step of before counts any more. */
export const renew = `UPDATE story.areas SET world = $1`;

/**
 * One row per area; what people wear comes as a JSON object, shirt to number.
 *
 * A step is stale when it landed after a newer command had been accepted. A step of v1 to v3 has seen that itself. One
 * of v4 has not: to ask the fence whether the fence holds tells nothing. So two clocks are compared, which is exact
 * and no guess. A step takes its time when it has painted, and holds the area's row until it is committed; a command
 * takes its time when it has that row for itself. With a fence that holds, a step's time is never after the time of the
 * next command; a step that slipped through comes after it. (Both are the server's clock. If it is set back in the
 * middle of a story makes this a guess.)
 */
export const verdict = `
  WITH counted AS (
    SELECT area, people.shirt, count(*) AS number
    FROM story.areas JOIN story.people USING (area)
    GROUP BY area, people.shirt
  ), wearing AS (
    SELECT area, jsonb_object_agg(shirt, number) AS wearing FROM counted GROUP BY area
  ), log AS (
    SELECT steps.area,
      count(*) FILTER (WHERE NOT refused AND coalesce(stale, steps.at > newer.accepted_at)) AS stale,
      count(*) FILTER (WHERE refused) AS refused
    FROM story.steps
    LEFT JOIN story.commands newer ON newer.area = steps.area AND newer.revision = steps.revision::bigint + 1
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
