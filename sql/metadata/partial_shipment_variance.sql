-- One row: the units that the site's rule deducts, and the number of orders behind either rule.
SELECT
    coalesce(-sum(variance), 0)                 AS units_deducted,
    (
        SELECT count(DISTINCT order_id)
        FROM shipped_lines
        WHERE strict OR documented
    )                                           AS orders
FROM partial_shipment_variance
