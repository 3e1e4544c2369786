/** The fence with a hole in it: what a careless change would leave, for tests that must see it. */
import { paintFenced } from "../../src/sql.ts";

function without(part: string, instead = ""): string {
  const broken = paintFenced.replace(part, instead);
  if (broken === paintFenced)
    throw new Error(`the fence has no "${part.trim()}" any more: break it elsewhere`);
  return broken;
}

/** Nobody compares revisions: every step passes. */
export const withoutRevision = (): string => without(" AND revision = $2::int");

/** Revisions are compared, and nobody holds the row while painting. */
export const withoutRowLock = (): string => without("FOR NO KEY UPDATE");

/** Steps share the row: enough for the promise, and a waiting command is passed by each new step. */
export const withSharedRow = (): string => without("FOR NO KEY UPDATE", "FOR SHARE");

/** Nobody asks whether the step has landed before. */
export const withoutLanded = (): string =>
  without("EXISTS (SELECT FROM landed)", "EXISTS (SELECT FROM fence)");

/** Numbers are compared, whatever world they are of. */
export const withoutWorld = (): string => without(" AND world = $7");
