-- One row: tonight's reset beside the last accepted one, in the figures that the breakers judge.
WITH compared AS (
    SELECT
        count(*)                                                                     AS keys_compared,
        count(*) FILTER (WHERE tonight.quantity <> before.quantity)                  AS keys_changed,
        count(*) FILTER (WHERE tonight.quantity <= 0 AND before.quantity > 0)        AS keys_newly_zero
    FROM filtered_reset AS tonight
    JOIN last_reset AS before USING (facility_id, product_id)
)
SELECT
    (SELECT count(*) FROM filtered_reset)                         AS reset_rows,
    (SELECT count(*) FROM active_products)                        AS active_products,
    (SELECT count(*) FROM last_active_products)                   AS active_products_before,
    (SELECT count(*) FROM in_scope)                               AS rows_in_scope,
    (SELECT count(*) FROM in_scope WHERE quantity IS NULL OR quantities > 1) AS rows_rejected,
    (
        SELECT count(*)
        FROM active_products
        ANTI JOIN in_scope USING (product_id)
    )                                                             AS products_unmatched,
    compared.keys_compared,
    compared.keys_changed,
    compared.keys_newly_zero
FROM compared
