"""The embedded outside world: Retail Pro, an SFTP server and HotWax. The pipeline reaches it by SFTP and SQL alone."""
