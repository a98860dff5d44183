"""The sandbox: a Retail Pro, an SFTP server and a HotWax of one's own, seen only through SFTP and SQL."""
