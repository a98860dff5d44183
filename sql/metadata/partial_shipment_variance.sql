-- One row: what the site's rule takes off, in units, and the orders behind either rule.
SELECT
    coalesce(-sum(variance), 0)                 AS units_taken_off,
    (
        SELECT count(DISTINCT order_id)
        FROM shipped_lines
        WHERE strict OR documented
    )                                           AS orders
FROM partial_shipment_variance
