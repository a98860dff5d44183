-- One row: what the variance comes to by either rule, and how many of its lines rest on what.
SELECT
    (SELECT CAST(coalesce(sum(strict_variance), 0) AS BIGINT) FROM partial_shipment_variance)     AS strict_units,
    (SELECT CAST(coalesce(sum(documented_variance), 0) AS BIGINT) FROM partial_shipment_variance) AS documented_units,
    (
        SELECT CAST(coalesce(sum(abs(strict_variance - documented_variance)), 0) AS BIGINT)
        FROM partial_shipment_variance
    )                                                                                             AS units_between_rules,
    (SELECT CAST(coalesce(sum(abs(replayed)), 0) AS BIGINT) FROM partial_shipment_variance)       AS replayed_units,
    (SELECT count(*) FROM odd_shipments WHERE NOT counted)                                        AS lines_not_counted,
    (SELECT count(*) FROM odd_shipments WHERE counted)                                            AS lines_in_an_unknown_state,
    count(*)                                                                                      AS shipped_lines,
    count(*) FILTER (WHERE strict)                                                                AS lines_deducted,
    count(*) FILTER (WHERE acknowledged_at IS NOT NULL AND NOT $responses)                        AS lines_on_weaker_evidence,
    count(*) FILTER (WHERE ambiguous)                                                             AS ambiguous_lines,
    count(*) FILTER (WHERE elsewhere)                                                             AS lines_shipped_elsewhere
FROM shipped_lines
