-- One row per facility that HotWax knows by this ID, store code or name, whichever product store it belongs to.
SELECT
    facility.FACILITY_ID   AS facility_id,
    facility.EXTERNAL_ID   AS external_id,
    facility.FACILITY_NAME AS facility_name
FROM FACILITY AS facility
WHERE LOWER(facility.FACILITY_ID) = :meant
   OR LOWER(facility.EXTERNAL_ID) = :meant
   OR LOWER(facility.FACILITY_NAME) = :meant
ORDER BY facility_id
