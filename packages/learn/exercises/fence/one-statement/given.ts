/**
 * One statement looks like one moment. It is not: it compares with what it saw when it began, and may write much later. BLUE is
 * accepted in between. Write the fence: compare, hold the row and write, all in one statement.
 */

/** $1: the area, $2: the token, $3: the shirt, $4: the person. It changes one row, or none when the token is old. */
export const step: string = `
  UPDATE people SET shirt = $3
  WHERE area = $1 AND person = $4
    AND (SELECT revision FROM areas WHERE area = $1) = $2`;
