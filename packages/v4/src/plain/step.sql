WITH fence AS (
  SELECT FROM areas
  WHERE area = $1 AND revision = $2
  FOR NO KEY UPDATE
)
UPDATE people SET shirt = $3
WHERE area = $1 AND person = $4
  AND EXISTS (SELECT FROM fence)
