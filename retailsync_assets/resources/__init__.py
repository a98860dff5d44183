"""The three things outside: SFTP servers, HotWax's database, and the lake."""
