-- The keys with the largest variances, each with the lines and till movements that it is made of.
SELECT
    variance.upca,
    coalesce(variance.external_facility_id, variance.facility_id) AS store,
    variance.reset_quantity                                       AS reset,
    variance.variance,
    variance.reset_quantity + variance.variance                   AS target,
    (
        SELECT string_agg(
            line.order_id || ' line ' || line.order_item_seq_id || ': ' || line.quantity || ', shipped '
                || coalesce(strftime(line.shipped_at, '%Y-%m-%dT%H:%M:%SZ'), 'when is not known'),
            '; ' ORDER BY line.shipped_at, line.order_id
        )
        FROM shipped_lines AS line
        WHERE line.facility_id = variance.facility_id
          AND line.product_id = variance.product_id
          AND CASE WHEN $rule = 'documented' THEN line.documented ELSE line.strict END
    )                                                             AS lines,
    variance.replayed
FROM partial_shipment_variance AS variance
WHERE variance.variance <> 0
ORDER BY abs(variance.variance) DESC, variance.facility_id, variance.upca
LIMIT 20
