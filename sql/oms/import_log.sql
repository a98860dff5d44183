-- What HotWax's imports made of one delivered file: one row per log that read a file of this name.
SELECT
    log.LOG_ID              AS log_id,
    log.STATUS_ID           AS status_id,
    log.START_DATE_TIME     AS started_at,
    log.FINISH_DATE_TIME    AS finished_at,
    log.TOTAL_RECORD_COUNT  AS total_records,
    log.FAILED_RECORD_COUNT AS failed_records,
    (
        SELECT MAX(failed.CONTENT_LOCATION)
        FROM DATA_MANAGER_CONTENT AS failed
        WHERE failed.LOG_ID = log.LOG_ID
          AND failed.LOG_CONTENT_TYPE_ENUM_ID = 'DmcntError'
    ) AS failed_records_file
FROM DATA_MANAGER_CONTENT AS content
JOIN DATA_MANAGER_LOG AS log ON log.LOG_ID = content.LOG_ID
WHERE content.FILE_NAME = :file_name
  AND content.LOG_CONTENT_TYPE_ENUM_ID = 'DmcntImported'
  AND log.CONFIG_ID = :config_id
ORDER BY log.CREATED_DATE, log.LOG_ID
