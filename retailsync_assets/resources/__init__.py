"""What lies outside: SFTP servers, HotWax's database, the lake; and `SiteResources`, which assets are given."""
