/**
 * The outbox as SQL: which commands wait, who may send one again, and which of them kill their nodes. The invariants are those
 * of sql.ts.
 *
 * Nothing here compares times. Everything is a count, and whoever asks twice sees whether something has happened in between.
 */

import { here } from "./sql.ts";

export const confirm = `
  WITH ${here("$3")}
  UPDATE story.commands SET copies = copies + 1
  WHERE area = $1::story.area AND revision = $2 AND EXISTS (SELECT FROM here)`;

/** The commands of stage `$1` of which no copy is confirmed. */
export const unconfirmed = `
  SELECT area, commands.shirt, commands.revision, world FROM story.areas JOIN story.commands USING (area)
  WHERE copies = 0 AND stage = $1
  ORDER BY number`;

/** How far each area's newest command is. Walks in different numbers of steps are different walks. */
const progress = `newest AS (
    SELECT area, revision, world FROM story.areas
  ), walks AS (
    SELECT area, revision, steps, count(*) AS landed FROM newest JOIN story.landed USING (area, revision)
    GROUP BY area, revision, steps
  ), progress AS (
    SELECT area, revision, sum(landed)::int AS landed, bool_or(landed = steps) AS finished FROM walks
    GROUP BY area, revision
  )`;

/** The newest command of each area, if it is of stage `$1` and no walk has finished all its steps. */
export const unfinished = `
  WITH ${progress}
  SELECT area, shirt, revision, world FROM newest JOIN story.commands USING (area, revision)
  LEFT JOIN progress USING (area, revision)
  WHERE stage = $1 AND finished IS NOT TRUE
  ORDER BY number`;

/**
 * What may have to be sent again, and all that can happen to it, as counts. Not where the people are gone: a crash of the server
 * takes them, and each node that got the job would end. A person makes them again (`repopulate`).
 */
export const waiting = `
  WITH ${progress}, trying AS (
    SELECT area, revision, count(*)::int AS attempts, sum(beats)::int AS beats FROM story.attempts
    GROUP BY area, revision
  )
  SELECT area, shirt, revision, world, copies, sendings,
    coalesce(landed, 0) AS landed, coalesce(attempts, 0) AS attempts, coalesce(beats, 0) AS beats
  FROM (SELECT area, revision AS highest, world FROM newest) AS areas JOIN story.commands USING (area)
  LEFT JOIN progress USING (area, revision)
  LEFT JOIN trying USING (area, revision)
  WHERE stage = $1 AND NOT given_up AND (copies = 0 OR (revision = highest AND finished IS NOT TRUE))
    AND EXISTS (SELECT FROM story.people WHERE people.area = areas.area)
  ORDER BY number`;

/** Compare and set: of all that have seen the same number of sendings, one may send. */
export const claim = `
  WITH ${here("$3")}
  UPDATE story.commands SET sendings = sendings + 1
  WHERE area = $1::story.area AND revision = $2 AND sendings = $4 AND NOT given_up AND EXISTS (SELECT FROM here)
  RETURNING sendings`;

/**
 * Notes attempt `$4` of node `$5`, unless `$6` others were killed before it. An attempt counts as killed when its row is still
 * here, no step has landed since it began, and it is none of `$7`, which live in the asking process. (One that lives in
 * another process counts, too: a frozen node looks like a dead one. So one kill is not enough.)
 * The command's own row is held to the end of the statement, so of two attempts that begin at once both see a number.
 */
export const begin = `
  WITH ${here("$3")}, progress AS (
    SELECT count(*)::int AS landed FROM story.landed WHERE area = $1::story.area AND revision = $2
  ), killed AS (
    SELECT count(*)::int AS kills FROM story.attempts JOIN progress USING (landed)
    WHERE area = $1::story.area AND revision = $2 AND id <> $4 AND id <> ALL ($7::text[])
  ), judged AS (
    UPDATE story.commands SET given_up = given_up OR kills >= $6 FROM killed
    WHERE area = $1::story.area AND revision = $2 AND EXISTS (SELECT FROM here)
    RETURNING given_up, kills
  ), noted AS (
    INSERT INTO story.attempts (id, area, revision, node, landed)
    SELECT $4, $1::story.area, $2, $5, landed FROM progress, judged WHERE NOT given_up
    ON CONFLICT (id) DO NOTHING
  )
  SELECT given_up AS "isGivenUp", kills FROM judged`;

/** These attempts go on: their process lives. */
export const beat = "UPDATE story.attempts SET beats = beats + 1 WHERE id = ANY ($1)";

/** Takes attempts back: they ended in a living process. */
export const end = "DELETE FROM story.attempts WHERE id = ANY ($1)";

/** The command may be tried again, as if it had never killed anybody. */
export const revive = `
  WITH ${here("$3")}, forgotten AS (
    DELETE FROM story.attempts WHERE area = $1::story.area AND revision = $2 AND EXISTS (SELECT FROM here)
  )
  UPDATE story.commands SET given_up = false
  WHERE area = $1::story.area AND revision = $2 AND EXISTS (SELECT FROM here)`;
