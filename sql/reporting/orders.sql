-- One row per order with units that the site's rule deducts, the most units first: where they left, and whether Retail Pro has noted them since.
SELECT
    line.order_id,
    count(*)                                                              AS lines,
    sum(line.quantity)                                                    AS units,
    string_agg(DISTINCT coalesce(product.internal_name, line.product_id), ', ' ORDER BY coalesce(product.internal_name, line.product_id)) AS products,
    string_agg(DISTINCT coalesce(store.facility_name, line.facility_id), ', ' ORDER BY coalesce(store.facility_name, line.facility_id))   AS stores,
    min(line.shipped_at)                                                  AS shipped_at,
    max(line.acknowledged_at)                                             AS acknowledged_at
FROM shipped_lines AS line
LEFT JOIN active_products AS product USING (product_id)
LEFT JOIN stores AS store USING (facility_id)
WHERE CASE WHEN $rule = 'documented' THEN line.documented ELSE line.strict END
GROUP BY line.order_id
ORDER BY units DESC, line.order_id
