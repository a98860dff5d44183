"""SFTP over paramiko: sessions that verify host keys, bound every wait, and read ahead."""
