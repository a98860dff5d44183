-- The site's stores that an earlier night did not have, and whose lines it did not keep.
SELECT facility_id
FROM stores
ANTI JOIN earlier_stores USING (facility_id)
