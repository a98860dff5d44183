"""Dagster's home: the instance that the command line, the daemon and the UI share."""
