-- The site's stores: facilities of the product store in force now, open, and holding stock (not virtual).
WITH RECURSIVE virtual_type AS (
    SELECT FACILITY_TYPE_ID
    FROM FACILITY_TYPE
    WHERE FACILITY_TYPE_ID = 'VIRTUAL_FACILITY'
    UNION
    SELECT child.FACILITY_TYPE_ID
    FROM FACILITY_TYPE AS child
    JOIN virtual_type AS parent ON parent.FACILITY_TYPE_ID = child.PARENT_TYPE_ID
)
SELECT DISTINCT
    facility.FACILITY_ID   AS facility_id,
    facility.EXTERNAL_ID   AS external_id,
    facility.FACILITY_NAME AS facility_name
FROM PRODUCT_STORE_FACILITY AS assigned
JOIN FACILITY AS facility ON facility.FACILITY_ID = assigned.FACILITY_ID
WHERE assigned.PRODUCT_STORE_ID IN :product_stores
  AND (assigned.FROM_DATE IS NULL OR assigned.FROM_DATE <= :now)
  AND (assigned.THRU_DATE IS NULL OR assigned.THRU_DATE < '1000-01-01' OR assigned.THRU_DATE > :now)
  AND (facility.CLOSED_DATE IS NULL OR facility.CLOSED_DATE < '1000-01-01' OR facility.CLOSED_DATE > :now)
  AND (facility.FACILITY_TYPE_ID IS NULL OR facility.FACILITY_TYPE_ID NOT IN (SELECT FACILITY_TYPE_ID FROM virtual_type))
ORDER BY facility_id
