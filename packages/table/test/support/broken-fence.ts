/** The fence with a hole in it: what a careless change would leave, for tests that must see it. */
import { paintFenced } from "../../src/sql.ts";

function without(part: string): string {
  const broken = paintFenced.replace(part, "");
  if (broken === paintFenced)
    throw new Error(`the fence has no "${part.trim()}" any more: break it elsewhere`);
  return broken;
}

/** Nobody compares revisions: every step passes. */
export const withoutRevision: string = without(" AND revision = $2::int");

/** Revisions are compared, and nobody holds the row while painting. */
export const withoutRowLock: string = without("FOR SHARE");

/** Numbers are compared, whatever world they are of. */
export const withoutWorld: string = without(" AND world = $7");
