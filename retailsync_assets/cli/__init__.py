"""The operator's command, `retailsync`."""
