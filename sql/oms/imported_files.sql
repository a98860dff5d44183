-- The names of the files that HotWax's imports have read and that begin as this site's deliveries of one night do.
SELECT DISTINCT content.FILE_NAME AS file_name
FROM DATA_MANAGER_CONTENT AS content
JOIN DATA_MANAGER_LOG AS log ON log.LOG_ID = content.LOG_ID
WHERE content.LOG_CONTENT_TYPE_ENUM_ID = 'DmcntImported'
  AND log.CONFIG_ID IN ('RESET_INVENTORY', 'MDM_INV_VARIANCE')
  AND (content.FILE_NAME LIKE :reset_files ESCAPE '!' OR content.FILE_NAME LIKE :variance_files ESCAPE '!')
ORDER BY file_name
