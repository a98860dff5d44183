-- One row per key of the reset: HotWax's units now, what reset and variance make of them, and by how much that changes them.
SELECT
    reset.facility_id,
    reset.external_facility_id,
    reset.product_id,
    product.internal_name,
    reset.upca,
    CAST(current.on_hand AS BIGINT)                                                         AS hotwax_quantity,
    reset.raw_quantity,
    reset.quantity                                                                        AS reset_quantity,
    coalesce(variance.variance, 0)                                                        AS variance,
    reset.quantity + coalesce(variance.variance, 0)                                       AS target_quantity,
    reset.quantity + coalesce(variance.variance, 0) - coalesce(CAST(current.on_hand AS BIGINT), 0) AS change
FROM filtered_reset AS reset
LEFT JOIN active_products AS product USING (product_id)
LEFT JOIN partial_shipment_variance AS variance USING (facility_id, product_id)
LEFT JOIN on_hand AS current USING (facility_id, product_id)
ORDER BY reset.facility_id, reset.upca
