-- One row: the units that the variance files of the business date deducted.
SELECT coalesce(-sum(delta), 0) AS units_deducted
FROM variance_delivery
