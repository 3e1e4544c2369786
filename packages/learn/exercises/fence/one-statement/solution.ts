/** The fence of the chapter. `fence` has a row only when the token is the newest, and holds it until the statement ends. */

/** $1: the area, $2: the token, $3: the shirt, $4: the person. It changes one row, or none when the token is old. */
export const step: string = `
  WITH fence AS (
    SELECT FROM areas
    WHERE area = $1 AND revision = $2
    FOR NO KEY UPDATE
  )
  UPDATE people SET shirt = $3
  WHERE area = $1 AND person = $4
    AND EXISTS (SELECT FROM fence)`;
