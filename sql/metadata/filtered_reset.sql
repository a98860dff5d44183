-- One row: the figures of the reset that are compared from one business date to the next.
SELECT
    count(DISTINCT facility_id)                AS stores,
    coalesce(sum(quantity), 0)                 AS units,
    count(*) FILTER (WHERE quantity = 0)       AS keys_at_zero,
    count(*) FILTER (WHERE raw_quantity < 0)   AS keys_below_zero
FROM filtered_reset
