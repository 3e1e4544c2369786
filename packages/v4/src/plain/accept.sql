UPDATE areas SET revision = revision + 1
WHERE area = $1
RETURNING revision
