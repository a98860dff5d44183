-- One row: the units that the files took off, all of the night's together.
SELECT coalesce(-sum(delta), 0) AS units_taken_off
FROM variance_delivery
