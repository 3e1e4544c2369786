WITH raised AS (
  UPDATE areas SET revision = revision + 1
  WHERE area = $1
  RETURNING area, revision
)
INSERT INTO outbox (area, revision, shirt)
SELECT area, revision, $2 FROM raised
RETURNING revision
