"""`retailsync doctor`: one file for each system that it checks."""
