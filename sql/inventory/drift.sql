-- One row per store of a night: how many of its keys are exact, explained by what moved since, or drift, and by how many units.
SELECT
    facility_id,
    any_value(external_facility_id)                               AS external_facility_id,
    count(*) FILTER (WHERE status = 'exact')                      AS exact_keys,
    count(*) FILTER (WHERE status = 'explained')                  AS explained_keys,
    count(*) FILTER (WHERE status = 'drift')                      AS drifting_keys,
    coalesce(sum(abs(drift)) FILTER (WHERE status = 'drift'), 0)  AS units,
    coalesce(sum(drift) FILTER (WHERE status = 'drift'), 0)       AS balance
FROM applied_inventory
GROUP BY facility_id
ORDER BY facility_id
