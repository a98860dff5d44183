-- The orders of an earlier night's lines that are too old to be found by when they were shipped.
SELECT DISTINCT order_id
FROM earlier_lines
WHERE shipped_at IS NULL
   OR shipped_at < $since
