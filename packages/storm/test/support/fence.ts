/** A fence as a program of its own might write it, and with parts taken out. It paints a whole area. */

export interface FenceParts {
  /** Compares the revision. */
  readonly compares: boolean;
  /** Holds the area's row until the paint is committed. */
  readonly holds: boolean;
  /** Leaves it to the verdict whether a step was stale; otherwise the log says that none was. */
  readonly isHonest: boolean;
}

/** Parameters: area, revision, shirt. */
export function fence({ compares, holds, isHonest }: FenceParts): string {
  return `
    WITH fence AS (
      SELECT area FROM story.areas
      WHERE area = $1::story.area AND ${compares ? "revision = $2::int" : "$2::int > 0"} ${holds ? "FOR SHARE" : ""}
    ), painted AS (
      UPDATE story.people SET shirt = $3::story.shirt WHERE area IN (SELECT area FROM fence) RETURNING 1
    )
    INSERT INTO story.steps (area, revision, step, steps, node, stale, refused)
    SELECT $1::story.area, $2::int, 0, 1, 'planted', ${isHonest ? "NULL" : "false"}, count(*) = 0 FROM painted`;
}
