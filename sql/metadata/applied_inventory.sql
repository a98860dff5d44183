-- One row: HotWax's on-hand quantity and its target, in units, over the SKU-locations that were reset.
SELECT
    coalesce(sum(hotwax_quantity), 0) AS units_in_hotwax,
    coalesce(sum(target_quantity), 0) AS units_of_target
FROM applied_inventory
WHERE target_quantity IS NOT NULL
