-- One row: the figures of a business date, its reset compared with the previous one. What the first reset changed is what it changed in HotWax, with the variance; null where neither is known.
WITH compared AS (
    SELECT
        count(*) FILTER (WHERE current.quantity <> before.quantity)              AS keys_changed,
        count(*) FILTER (WHERE current.quantity <= 0 AND before.quantity > 0)    AS keys_newly_zero
    FROM filtered_reset AS current
    JOIN last_reset AS before USING (facility_id, product_id)
),
sent AS (
    SELECT facility_id, product_id, sum(delta) AS delta
    FROM variance_delivery
    GROUP BY facility_id, product_id
),
first_reset AS (
    SELECT
        CASE WHEN count(units_changed) > 0
             THEN count(*) FILTER (WHERE units_changed + coalesce(sent.delta, 0) <> 0) END AS keys_changed
    FROM applied_reset
    LEFT JOIN sent USING (facility_id, product_id)
)
SELECT
    (SELECT coalesce(sum(rows), 0) FROM raw_stores)                                    AS raw_rows,
    (SELECT coalesce(sum(rows), 0) FROM raw_stores WHERE facility_id IS NOT NULL)      AS own_rows,
    (SELECT count(*) FROM active_products)                                             AS active_products,
    (SELECT count(*) FROM stores)                                                      AS stores,
    (SELECT count(*) FROM filtered_reset)                                              AS keys,
    (SELECT coalesce(sum(quantity), 0) FROM filtered_reset)                            AS units,
    CASE WHEN (SELECT count(*) FROM last_reset) > 0
         THEN compared.keys_changed ELSE first_reset.keys_changed END                  AS keys_changed,
    CASE WHEN (SELECT count(*) FROM last_reset) > 0 THEN compared.keys_newly_zero END  AS keys_newly_zero,
    (SELECT coalesce(-sum(delta), 0) FROM variance_delivery)                           AS units_deducted,
    (SELECT count(*) FROM quarantined_rows)                                            AS quarantined_rows,
    (SELECT count(*) FROM unmatched_keys)                                              AS unmatched_keys,
    (SELECT count(*) FROM ambiguous_products)                                          AS ambiguous_products,
    (SELECT count(*) FROM applied_reset WHERE NOT applied)                             AS failed_rows,
    (SELECT count(*) FROM applied_inventory WHERE drift <> 0)                          AS keys_with_drift,
    (SELECT coalesce(sum(abs(drift)), 0) FROM applied_inventory)                       AS units_of_drift,
    (SELECT count(DISTINCT order_id) FROM unacknowledged_shipments)                                AS unacknowledged_shipments
FROM compared
CROSS JOIN first_reset
