"""Jobs that run in this process: the nightly run by hand, dry runs, plans and replays."""
