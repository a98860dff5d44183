-- One row per store of the site.
SELECT
    facility_id,
    external_id AS external_facility_id,
    facility_name
FROM open_stores
ORDER BY facility_id
