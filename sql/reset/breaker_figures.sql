-- One row: tonight's reset beside the last accepted one, in the figures that the breakers judge.
WITH compared AS (
    SELECT
        count(*)                                                                                 AS keys_compared,
        count(*) FILTER (WHERE tonight.quantity <> (before.quantity - coalesce(before.netted, 0)))                              AS keys_changed,
        count(*) FILTER (WHERE tonight.quantity <= 0 AND (before.quantity - coalesce(before.netted, 0)) > 0)                    AS keys_newly_zero,
        count(*) FILTER (WHERE tonight.raw_quantity < 0 AND before.raw_quantity >= 0)            AS keys_newly_negative
    FROM filtered_reset AS tonight
    JOIN last_reset AS before USING (facility_id, product_id)
),
shelves AS (
    SELECT
        facility_id,
        max(quantity) AS most
    FROM filtered_reset
    GROUP BY facility_id
)
SELECT
    (SELECT count(*) FROM filtered_reset)                                              AS reset_rows,
    (SELECT count(*) FROM last_reset)                                                  AS reset_rows_before,
    (SELECT count(DISTINCT raw_quantity) FROM filtered_reset)                          AS distinct_quantities,
    (SELECT coalesce(bool_and(raw_quantity = 0), false) FROM filtered_reset)           AS all_zero,
    (SELECT count(*) FROM active_products)                                             AS active_products,
    (SELECT count(*) FROM last_active_products)                                        AS active_products_before,
    (SELECT count(*) FROM in_scope)                                                    AS rows_in_scope,
    (SELECT count(*) FROM in_scope WHERE rule IS NOT NULL)                             AS rows_rejected,
    (SELECT count(*) FROM in_scope WHERE rule = 'quantity is absurd')                  AS rows_absurd,
    (
        SELECT count(DISTINCT (facility_id, product_id))
        FROM in_scope
        WHERE rule IS NULL
          AND normalised(upc) <> of_hotwax(upca)
    )                                                                                  AS zeros_restored,
    (
        SELECT CAST(coalesce(sum(rows), 0) AS BIGINT)
        FROM (SELECT rows FROM unreadable_records UNION ALL SELECT rows FROM unreadable_lines) AS unreadable
    )                                                                                  AS rows_unreadable,
    (
        SELECT count(*)
        FROM active_products
        ANTI JOIN in_scope USING (product_id)
    )                                                                                  AS products_unmatched,
    (
        SELECT count(DISTINCT before.facility_id)
        FROM last_reset AS before
        JOIN stores USING (facility_id)
        LEFT JOIN shelves USING (facility_id)
        WHERE (before.quantity - coalesce(before.netted, 0)) > 0
          AND coalesce(shelves.most, 0) <= 0
    )                                                                                  AS stores_missing,
    (SELECT count(DISTINCT facility_id) FROM last_reset JOIN stores USING (facility_id)) AS stores_before,
    compared.keys_compared,
    compared.keys_changed,
    compared.keys_newly_zero,
    compared.keys_newly_negative
FROM compared
